package io.propeller.operator.internal.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskMode;
import io.propeller.api.v1.TaskSpec;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.MonitoringProfile;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.WasmModule;
import io.propeller.operator.internal.resources.Durations;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Says in the terms of the protocol what a Task says. */
final class StartMessages {

  /** The export under which workers run a component as a command. */
  private static final String COMMAND = "_start";

  /** How a component begins: magic, version 13, layer 1. A core module has version 1, layer 0. */
  private static final Bytes COMPONENT = Bytes.wrap(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});

  private StartMessages() {}

  /**
   * Returns what tells a proplet, or all, to run the task.
   *
   * @param results what those that it depends on hand on to it, by name of a variable
   * @throws IllegalArgumentException if no worker could run it; the message names the field
   */
  static Start start(Task task, AttemptId attempt, Target target, Map<String, String> results) {
    TaskSpec spec = task.getSpec();
    WasmModule module = module(spec);
    return Start.builder()
        .id(TaskId.of(attempt.wire()))
        .name(function(task, module))
        .target(target)
        .daemon(spec.isDaemon())
        .latent(spec.isLatent())
        .module(module)
        .inputs(spec.getInputs())
        .cliArgs(spec.getCliArgs())
        .putAllEnv(spec.getEnv())
        .putAllEnv(results)
        .putAllEnv(identity(target))
        .putEnv("TASK_ID", attempt.wire())
        .encrypted(spec.isEncrypted())
        .mode(Optional.ofNullable(spec.getMode()).map(StartMessages::mode))
        .kbsResourcePath(Optional.ofNullable(spec.getKbsResourcePath()))
        .halStoragePath(Optional.ofNullable(spec.getHalStoragePath()))
        .priority(spec.getPriority())
        .monitoringProfile(
            Optional.ofNullable(spec.getMonitoringProfile()).map(StartMessages::monitoring))
        .metadata(
            Optional.ofNullable(spec.getMetadata())
                .filter(JsonNode::isObject)
                .map(metadata -> Json.parse(metadata.toString())))
        .build();
  }

  /** A component is run as a command, unless the task names what else to call. */
  private static String function(Task task, WasmModule module) {
    String named = task.getSpec().getFunctionName();
    boolean isNamed = named != null && !named.isEmpty();
    return !isNamed && module instanceof WasmModule.Inline inline && isComponent(inline.bytes())
        ? COMMAND
        : task.functionToCall();
  }

  private static boolean isComponent(Bytes module) {
    return module.size() >= COMPONENT.size() && module.slice(0, COMPONENT.size()).equals(COMPONENT);
  }

  /** Whoever gets a broadcast knows best who it is. */
  static Map<String, String> identity(Target target) {
    return target instanceof Target.One one ? Map.of("PROPLET_ID", one.id().value()) : Map.of();
  }

  /**
   * Returns the module of a task.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be read
   */
  static WasmModule module(TaskSpec spec) {
    try {
      byte[] inline = spec.inlineModule();
      if (inline != null) {
        return WasmModule.inline(Bytes.wrap(inline));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("spec.file is not base64: " + e.getMessage(), e);
    }
    String image = spec.getImageUrl();
    if (image != null && !image.isEmpty()) {
      return WasmModule.image(image);
    }
    throw new IllegalArgumentException(
        "the task has no module: set spec.file (base64) or spec.imageUrl");
  }

  private static MonitoringProfile monitoring(io.propeller.api.v1.MonitoringProfile profile) {
    return MonitoringProfile.builder()
        .enabled(profile.isEnabled())
        .interval(
            Optional.ofNullable(profile.getInterval())
                .map(text -> Durations.parse("spec.monitoringProfile.interval", text))
                .orElse(Duration.ofSeconds(10)))
        .collectCpu(profile.isCollectCpu())
        .collectMemory(profile.isCollectMemory())
        .collectDiskIo(profile.isCollectDiskIo())
        .collectThreads(profile.isCollectThreads())
        .collectFileDescriptors(profile.isCollectFileDescriptors())
        .exportToMqtt(profile.isExportToMqtt())
        .retainHistory(profile.isRetainHistory())
        .historySize(profile.getHistorySize())
        .build();
  }

  private static Start.Mode mode(TaskMode mode) {
    return mode == TaskMode.TRAIN ? Start.Mode.TRAIN : Start.Mode.INFER;
  }
}
