package dev.kelpie.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The one way through the rooms (`CONTRIBUTING.md`), proven on every class of ours.
@AnalyzeClasses(packages = "dev.kelpie", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String APP = "dev.kelpie.app..";
    private static final String CLIENT = "dev.kelpie.client..";
    private static final String KUBE_PLAY = "dev.kelpie.kubeplay..";
    private static final String KUBE_GENERATE = "dev.kelpie.kubegenerate..";
    private static final String KUBE_APPLY = "dev.kelpie.kubegenerate.apply..";
    private static final String QUADLET = "dev.kelpie.quadlet..";
    private static final String ENGINE = "dev.kelpie.engine..";
    private static final String IMAGE = "dev.kelpie.image..";
    private static final String RUNTIME = "dev.kelpie.runtime..";

    @ArchTest
    static final ArchRule nothingDependsOnApp =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(APP)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(APP);

    @ArchTest
    static final ArchRule translatorsSeeOnlyTheWordsOfTheEngine =
            noClasses()
                    .that()
                    .resideInAnyPackage(KUBE_PLAY, KUBE_GENERATE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.kelpie.engine",
                            "dev.kelpie.engine.report..",
                            "dev.kelpie.engine.fault..",
                            "dev.kelpie.engine.state..",
                            "dev.kelpie.engine.step..",
                            "dev.kelpie.engine.sandbox..",
                            IMAGE,
                            RUNTIME);

    @ArchTest
    static final ArchRule quadletSeesNothingOfOurs =
            noClasses()
                    .that()
                    .resideInAPackage(QUADLET)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(KUBE_PLAY, KUBE_GENERATE, ENGINE, IMAGE, RUNTIME, CLIENT)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule applySeesNothingOfOurs =
            noClasses()
                    .that()
                    .resideInAPackage(KUBE_APPLY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            KUBE_PLAY,
                            "dev.kelpie.kubegenerate",
                            QUADLET,
                            ENGINE,
                            IMAGE,
                            RUNTIME,
                            CLIENT);

    /// It opens sockets and reads certificates: whoever wants that asks it.
    @ArchTest
    static final ArchRule onlyApplyAndTheCommandsKnowClusters =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(KUBE_APPLY, "dev.kelpie.app.command..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(KUBE_APPLY);

    @ArchTest
    static final ArchRule engineKnowsNoTranslator =
            noClasses()
                    .that()
                    .resideInAPackage(ENGINE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(KUBE_PLAY, KUBE_GENERATE, QUADLET);

    @ArchTest
    static final ArchRule imageAndRuntimeKnowNobodyAbove =
            noClasses()
                    .that()
                    .resideInAnyPackage(IMAGE, RUNTIME)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ENGINE, KUBE_PLAY, KUBE_GENERATE, QUADLET);

    @ArchTest
    static final ArchRule imageDoesNotKnowRuntime =
            noClasses()
                    .that()
                    .resideInAPackage(IMAGE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(RUNTIME);

    @ArchTest
    static final ArchRule runtimeDoesNotKnowImage =
            noClasses()
                    .that()
                    .resideInAPackage(RUNTIME)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(IMAGE);

    @ArchTest
    static final ArchRule playDoesNotKnowGenerate =
            noClasses()
                    .that()
                    .resideInAPackage(KUBE_PLAY)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(KUBE_GENERATE, QUADLET);

    @ArchTest
    static final ArchRule generateDoesNotKnowPlay =
            noClasses()
                    .that()
                    .resideInAPackage(KUBE_GENERATE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(KUBE_PLAY, QUADLET)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodyKnowsTheClient =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(CLIENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(CLIENT);

    @ArchTest
    static final ArchRule clientHasTheJdkOnly =
            classes()
                    .that()
                    .resideInAPackage(CLIENT)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            CLIENT, "java..", "javax..", "jdk..", "sun.misc", "org.jspecify..")
                    .allowEmptyShould(true);

    /// The rooms of `image` and `runtime` throw the faults that stand at their module's door, and
    /// the door calls the rooms: that one step back is let through, every other cycle is not.
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.kelpie.(**)")
                    .should()
                    .beFreeOfCycles()
                    .ignoreDependency(resideInAPackage(IMAGE), resideInAPackage("dev.kelpie.image"))
                    .ignoreDependency(
                            resideInAPackage(RUNTIME), resideInAPackage("dev.kelpie.runtime"));

    @ArchTest
    static final ArchRule specsAreWordsOnly =
            classes()
                    .that()
                    .resideInAPackage("..spec..")
                    .and()
                    .resideOutsideOfPackage("dev.kelpie.runtime.spec..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "..spec..");

    /// The runtime's words are a wire format, `config.json`, so that they know Jackson too.
    @ArchTest
    static final ArchRule theRuntimeSpecIsWordsAndTheirJson =
            classes()
                    .that()
                    .resideInAPackage("dev.kelpie.runtime.spec..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "com.fasterxml.jackson..",
                            "dev.kelpie.runtime.spec..");

    @ArchTest
    static final ArchRule specsDoNoInputOrOutput =
            noClasses()
                    .that()
                    .resideInAPackage("dev.kelpie.engine.spec..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.nio.file.Files");

    @ArchTest
    static final ArchRule quarkusAndPicocliStayInApp =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(APP)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..", "picocli..");

    @ArchTest
    static final ArchRule theKubernetesModelStaysWithTheTranslators =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(KUBE_PLAY, KUBE_GENERATE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule onlyRuntimeStartsProcesses =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(RUNTIME, CLIENT, "dev.kelpie.quadlet.systemd")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule nobodyStartsProcessesBehindOurBack =
            noClasses()
                    .should()
                    .callMethod(Runtime.class, "exec", String[].class)
                    .orShould()
                    .callMethod(Runtime.class, "exec", String.class);

    @ArchTest
    static final ArchRule onlyRuntimeCallsNativeCode =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(RUNTIME)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.sun.jna..", "java.lang.foreign..");

    @ArchTest
    static final ArchRule onlyInParallelHasExecutors =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.kelpie.engine.InParallel")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.concurrent.Executors");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Data")
                    .orShould()
                    .haveSimpleNameEndingWith("Info")
                    .orShould()
                    .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule noRooms =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..util..",
                            "..common..",
                            "..impl..",
                            "..internal..",
                            "..model..",
                            "..core..");
}
