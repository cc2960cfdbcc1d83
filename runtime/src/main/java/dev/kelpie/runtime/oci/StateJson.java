package dev.kelpie.runtime.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.oci.ContainerState.Status;

/// Reads what `state` prints, see runtime.md, "State".
final class StateJson {

    private StateJson() {}

    static ContainerState parse(String json) {
        try {
            var state = JsonMapper.builder().build().readTree(json);
            var status =
                    switch (state.path("status").asText()) {
                        case "creating" -> Status.CREATING;
                        case "created" -> Status.CREATED;
                        case "running" -> Status.RUNNING;
                        case "paused", "pausing" -> Status.PAUSED;
                        default -> Status.STOPPED;
                    };
            return new ContainerState(state.path("id").asText(), status, state.path("pid").asInt());
        } catch (JsonProcessingException e) {
            throw new FileAccessException("not a container state: '" + json.strip() + "'", e);
        }
    }
}
