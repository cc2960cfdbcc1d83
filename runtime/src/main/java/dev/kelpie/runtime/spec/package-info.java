/// The words of the OCI runtime-spec (config.md, config-linux.md) as records: what `config.json` in
/// a bundle says. Records over `java.*` and each other only, named and grouped as the specification
/// does; no input or output but `SpecJson`, which writes and reads them. Absent and empty values
/// are left out of the JSON.
@NullMarked
package dev.kelpie.runtime.spec;

import org.jspecify.annotations.NullMarked;
