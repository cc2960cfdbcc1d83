package dev.kelpie.kubeplay.support;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which test proves a field: of each line the field, with all that is below it, and a test class
/// with a method. The most precise line counts. A golden test proves that a field reaches the pod's
/// spec; one that ends in `IT` sees its effect in a container. That the tests are there is a unit
/// test.
final class Proofs {

    private static final String LINES =
            """
            Pod.apiVersion GoldenTest#readsAsExpected
            Pod.kind GoldenTest#readsAsExpected
            Pod.metadata PlayIT#keepsLabelsAndAnnotations
            Pod.metadata.name PlayIT#namesContainersAfterTheirPod
            Pod.metadata.namespace PodVolumesIT#seesItsVolumesAndItself
            Pod.spec.containers PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.containers.name PlayIT#namesContainersAfterTheirPod
            Pod.spec.containers.command ResourcesIT#commandAndArgsTakeThePlaceOfEntrypointAndCmd
            Pod.spec.containers.args ResourcesIT#commandAndArgsTakeThePlaceOfEntrypointAndCmd
            Pod.spec.containers.env ExamplesIT#environmentIsExpanded
            Pod.spec.containers.env.valueFrom.configMapKeyRef ConfigMapIT#becomesVariablesAndFiles
            Pod.spec.containers.env.valueFrom.secretKeyRef SecretIT#playsAKubernetesSecret
            Pod.spec.containers.env.valueFrom.fieldRef PodVolumesIT#seesItsVolumesAndItself
            Pod.spec.containers.env.valueFrom.fileKeyRef PodVolumesIT#seesItsVolumesAndItself
            Pod.spec.containers.env.valueFrom.resourceFieldRef PodVolumesIT#seesItsVolumesAndItself
            Pod.spec.containers.envFrom.configMapRef ConfigMapIT#becomesVariablesAndFiles
            Pod.spec.containers.envFrom.secretRef SecretIT#playsAKubernetesSecret
            Pod.spec.containers.envFrom.prefix SecretIT#playsAKubernetesSecret
            Pod.spec.containers.resources.limits ResourcesIT#memoryLimitEndsAGreedyContainer
            Pod.spec.containers.resources.limits.cpu ResourcesIT#limitsAreShownByInspect
            Pod.spec.containers.resources.requests PodFieldsIT#changesARunningPodInItsPlace
            Pod.spec.containers.resizePolicy PodFieldsIT#changesARunningPodInItsPlace
            Pod.spec.containers.restartPolicy LifecycleIT#initContainersAndSidecarsComeBeforeAndGoAfterTheOthers
            Pod.spec.containers.restartPolicyRules LifecycleTest
            Pod.spec.containers.lifecycle LifecycleIT#initContainersAndSidecarsComeBeforeAndGoAfterTheOthers
            Pod.spec.containers.livenessProbe ProbesIT#aContainerWhoseLivenessProbeFailsIsStartedAgain
            Pod.spec.containers.readinessProbe ProbesIT#podsAreReadyWhileTheirProbesPassAlsoAfterTheServiceWasKilled
            Pod.spec.containers.startupProbe ProbesIT#podsAreReadyWhileTheirProbesPassAlsoAfterTheServiceWasKilled
            Pod.spec.containers.livenessProbe.grpc NetworkAskerTest
            Pod.spec.containers.readinessProbe.grpc NetworkAskerTest
            Pod.spec.containers.startupProbe.grpc NetworkAskerTest
            Pod.spec.containers.terminationMessagePath LifecycleIT#jobsEndWithTheirContainersAndSayWhy
            Pod.spec.containers.terminationMessagePolicy LifecycleIT#jobsEndWithTheirContainersAndSayWhy
            Pod.spec.containers.tty GoldenTest#readsAsExpected
            Pod.spec.containers.stdin GoldenTest#readsAsExpected
            Pod.spec.containers.ports PortsIT#publishesTcp
            Pod.spec.containers.ports.hostIP PortsIT#hostAddressLimitsWhoIsAnswered
            Pod.spec.containers.ports.protocol PortsIT#publishesUdp
            Pod.spec.containers.ports.name ServiceIT#standForThePodsThatAreReady
            Pod.spec.containers.volumeDevices PodVolumesIT#givesABlockDeviceAsItIs
            Pod.spec.containers.volumeMounts PodVolumesIT#seesItsVolumesAndItself
            Pod.spec.containers.volumeMounts.readOnly ResourcesIT#readOnlyMountsCannotBeWritten
            Pod.spec.containers.volumeMounts.subPath SecurityContextIT#aSubPathIsAsOpenAsItsVolume
            Pod.spec.containers.volumeMounts.mountPropagation UserNamespaceIT#mountsThatTheHostMakesLaterAreSeen
            Pod.spec.containers.volumeMounts.recursiveReadOnly PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.containers.securityContext SecurityContextIT#theUsualConfinementIsPodmansAndTheKubelets
            Pod.spec.containers.securityContext.privileged SecurityContextTest
            Pod.spec.containers.securityContext.readOnlyRootFilesystem SecurityContextIT#theRootIsReadOnly
            Pod.spec.containers.securityContext.capabilities SecurityContextIT#capabilitiesAreDroppedAndAdded
            Pod.spec.containers.securityContext.runAsUser SecurityContextIT#runsAsUserAndGroupsOfThePodAndTheImage
            Pod.spec.containers.securityContext.runAsGroup SecurityContextIT#aGroupAloneGoesWithTheImagesUser
            Pod.spec.containers.securityContext.runAsNonRoot SecurityContextIT#runAsNonRootIsHeldAgainstTheImage
            Pod.spec.containers.securityContext.procMount UserNamespaceIT
            Pod.spec.containers.securityContext.seccompProfile SecurityContextIT#aSeccompProfileOfTheHostHolds
            Pod.spec.containers.securityContext.appArmorProfile SecurityContextIT#whatTheHostLacksIsRefusedWithTheReason
            Pod.spec.containers.securityContext.seLinuxOptions GoldenTest#readsAsExpected
            Pod.spec.initContainers LifecycleIT#initContainersAndSidecarsComeBeforeAndGoAfterTheOthers
            Pod.spec.volumes PodVolumesIT#seesItsVolumesAndItself
            Pod.spec.volumes.hostPath ResourcesIT#hostPathChecksItsType
            Pod.spec.volumes.emptyDir ResourcesIT#emptyDirIsSharedAndGoesWithThePod
            Pod.spec.volumes.emptyDir.medium ExamplesIT#memoryVolumesKeepTheirLimit
            Pod.spec.volumes.emptyDir.sizeLimit ExamplesIT#memoryVolumesKeepTheirLimit
            Pod.spec.volumes.configMap ConfigMapIT#runningPodsFollow
            Pod.spec.volumes.secret SecretIT#playsAKubernetesSecret
            Pod.spec.volumes.nfs PodVolumesIT#showsWhatAnotherMachineExports
            Pod.spec.volumes.projected ExamplesIT#projectedVolumesHoldAllTheirSources
            Pod.spec.volumes.persistentVolumeClaim PodVolumesIT#keepsClaimsAndForgetsThemWhenForced
            Pod.spec.restartPolicy RestartPolicyIT#alwaysStartsAgainAfterAnyEnd
            Pod.spec.terminationGracePeriodSeconds LifecycleIT#initContainersAndSidecarsComeBeforeAndGoAfterTheOthers
            Pod.spec.activeDeadlineSeconds LifecycleIT#aPodPastItsDeadlineHasFailed
            Pod.spec.ephemeralContainers ServiceIT#gatesHoldAPodBackUntilItIsPlayedWithoutThem
            Pod.spec.readinessGates SeeingIT
            Pod.spec.resources PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.runtimeClassName PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.os PodFieldsIT#refusesWhatThisMachineCannotBe
            Pod.spec.hostNetwork NamesIT#hostNetworkSharesTheHostsName
            Pod.spec.hostPID GoldenTest#readsAsExpected
            Pod.spec.hostIPC GoldenTest#readsAsExpected
            Pod.spec.hostUsers UserNamespaceIT#podsHaveIdsOfTheirOwnAndGiveThemBack
            Pod.spec.shareProcessNamespace ResourcesIT#containersOfAPodShareWhatPodsShare
            Pod.spec.hostname NamesIT#hostNameIsThePodsNameUnlessGiven
            Pod.spec.hostnameOverride PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.subdomain PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.setHostnameAsFQDN PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.hostAliases PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.dnsPolicy PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.dnsConfig PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.enableServiceLinks ServiceIT#standForThePodsThatAreReady
            Pod.spec.affinity PodFieldsIT#refusesWhatThisMachineCannotBe
            Pod.spec.nodeSelector PodFieldsIT#refusesWhatThisMachineCannotBe
            Pod.spec.tolerations GoldenTest#readsAsExpected
            Pod.spec.topologySpreadConstraints GoldenTest#readsAsExpected
            Pod.spec.priority GoldenTest#readsAsExpected
            Pod.spec.priorityClassName PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.overhead PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.schedulingGates ServiceIT#gatesHoldAPodBackUntilItIsPlayedWithoutThem
            Pod.spec.serviceAccountName PodFieldsIT#seesNamesResolversAndRanks
            Pod.spec.serviceAccount GoldenTest#readsAsExpected
            Pod.spec.automountServiceAccountToken GoldenTest#readsAsExpected
            Pod.spec.imagePullSecrets GoldenTest#readsAsExpected
            Pod.spec.securityContext SecurityContextIT#runsAsUserAndGroupsOfThePodAndTheImage
            Pod.spec.securityContext.runAsNonRoot SecurityContextIT#runAsNonRootIsHeldAgainstTheImage
            Pod.spec.securityContext.fsGroup SecurityContextIT#volumesBelongToTheFsGroup
            Pod.spec.securityContext.fsGroupChangePolicy GoldenTest#readsAsExpected
            Pod.spec.securityContext.supplementalGroupsPolicy SecurityContextIT#strictGroupsAreNotTheImages
            Pod.spec.securityContext.sysctls SecurityContextIT#sysctlsAreThePodsOwn
            Pod.spec.securityContext.seccompProfile SecurityContextIT#aSeccompProfileOfTheHostHolds
            Pod.spec.securityContext.appArmorProfile SecurityContextIT#whatTheHostLacksIsRefusedWithTheReason
            Pod.spec.securityContext.seLinuxOptions GoldenTest#readsAsExpected
            Deployment ExamplesIT#replicasAllRun
            ReplicaSet GoldenTest#readsAsExpected
            ReplicationController GoldenTest#readsAsExpected
            StatefulSet WorkloadKindsIT#makePodsUnderTheirNamesAndTakeThemDown
            DaemonSet WorkloadKindsIT#makePodsUnderTheirNamesAndTakeThemDown
            Job WorkloadKindsIT#makePodsUnderTheirNamesAndTakeThemDown
            Job.spec.backoffLimit ExamplesIT#failedContainersAreTriedAgain
            CronJob WorkloadKindsIT#cronJobsRunByTheClockAlsoAfterTheServiceWasKilled
            CronJob.spec.timeZone CronScheduleTest#hoursAreThoseOfTheZone
            CronJob.spec.concurrencyPolicy CronsTest#forbiddenRunIsLeftOut
            CronJob.spec.suspend CronsTest#suspendedOneDoesNothing
            CronJob.spec.startingDeadlineSeconds CronsTest#runThatIsTooLateIsLeftOut
            CronJob.spec.successfulJobsHistoryLimit CronsTest#runsThatAreOverGoButForTheLastOfEachKind
            CronJob.spec.failedJobsHistoryLimit CronsTest#runsThatAreOverGoButForTheLastOfEachKind
            Service ServiceIT#standForThePodsThatAreReady
            Service.spec.clusterIPs GoldenTest#readsAsExpected
            Service.spec.publishNotReadyAddresses GoldenTest#readsAsExpected
            Service.spec.sessionAffinity ServiceIT#standForThePodsThatAreReady
            Service.spec.ipFamilies GoldenTest#readsAsExpected
            ConfigMap ConfigMapIT#becomesVariablesAndFiles
            Secret SecretIT#playsAKubernetesSecret
            PersistentVolumeClaim ExamplesIT#claimsOutliveTheirPod
            PersistentVolume PodVolumesIT#keepsClaimsAndForgetsThemWhenForced
            PersistentVolume.spec.nfs PodVolumesIT#showsWhatAnotherMachineExports
            PersistentVolume.spec.volumeMode PodVolumesIT#givesABlockDeviceAsItIs
            PersistentVolumeClaim.spec.volumeMode PodVolumesIT#givesABlockDeviceAsItIs
            """;

    /// @param field `KIND.path.of.the.field`
    private record Proof(String field, String test) {
        boolean covers(String other) {
            return other.equals(field) || other.startsWith(field + ".");
        }
    }

    private static final List<Proof> ALL =
            LINES.lines().map(line -> line.split(" ")).map(w -> new Proof(w[0], w[1])).toList();

    private Proofs() {}

    /// The test that proves a field, `ThingIT#method` or a whole class.
    static Optional<String> of(String kind, String path) {
        var field = kind + "." + path;
        return ALL.stream()
                .filter(proof -> proof.covers(field))
                .max(Comparator.comparingInt(proof -> proof.field().length()))
                .map(Proof::test);
    }

    /// Every test that is named.
    static Stream<String> tests() {
        return ALL.stream().map(Proof::test).distinct();
    }
}
