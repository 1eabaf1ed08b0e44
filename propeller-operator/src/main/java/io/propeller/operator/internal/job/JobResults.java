package io.propeller.operator.internal.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.propeller.api.v1.PropellerApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what came of a Job. */
final class JobResults {

  /** Key of the result in a ConfigMap or a Secret that has others. */
  private static final String RESULT_KEY = "result";

  private JobResults() {}

  /**
   * Returns what came of a Job; empty while it goes on.
   *
   * <p>The result is the first there is of: the Job's annotation, the termination message of a pod
   * that succeeded, the ConfigMap, the Secret, a pod's annotation.
   *
   * @param pods the pods of that Job
   * @param config finds the ConfigMap {@code {job}-result}; asked only if it comes to that
   * @param secret finds the Secret {@code {job}-result}, in the same way
   */
  static Optional<JobOutcome> of(
      Job job,
      Supplier<List<Pod>> pods,
      Supplier<Optional<ConfigMap>> config,
      Supplier<Optional<Secret>> secret) {
    Optional<JobCondition> failed = condition(job, "Failed");
    if (failed.isPresent()) {
      return Optional.of(new JobOutcome.Failed(error(failed.get(), pods.get())));
    }
    if (condition(job, "Complete").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JobOutcome.Succeeded(
            annotation(job)
                .or(() -> messages(pods.get(), true).findFirst())
                .or(() -> config.get().flatMap(map -> entry(map.getData())))
                .or(() -> secret.get().flatMap(one -> entry(one.getData())).map(JobResults::decode))
                .or(() -> pods.get().stream().flatMap(p -> annotation(p).stream()).findFirst())));
  }

  /** Returns whether a Job runs no more. */
  static boolean hasEnded(Job job) {
    return condition(job, "Failed").or(() -> condition(job, "Complete")).isPresent();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(one -> type.equals(one.getType()) && "True".equals(one.getStatus()))
            .findFirst();
  }

  private static Optional<String> annotation(HasMetadata object) {
    return text(object.getMetadata().getAnnotations().get(PropellerApi.RESULT_ANNOTATION));
  }

  private static String error(JobCondition failed, List<Pod> pods) {
    String verdict =
        "%s: %s"
            .formatted(
                text(failed.getReason()).orElse("JobFailed"),
                text(failed.getMessage()).orElse("the Job failed"));
    return messages(pods, false).findFirst().orElse(verdict);
  }

  /** Returns what containers left when they ended in that way, the last one first. */
  private static Stream<String> messages(List<Pod> pods, boolean succeeded) {
    return pods.stream()
        .filter(pod -> pod.getStatus() != null)
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .filter(container -> JobTemplate.CONTAINER.equals(container.getName()))
        .flatMap(JobResults::terminations)
        .filter(end -> succeeded == (end.getExitCode() != null && end.getExitCode() == 0))
        .sorted(
            Comparator.comparing(
                    (ContainerStateTerminated end) -> text(end.getFinishedAt()).orElse(""))
                .reversed())
        .flatMap(end -> message(end, succeeded).stream());
  }

  private static Stream<ContainerStateTerminated> terminations(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState())
        .filter(state -> state != null && state.getTerminated() != null)
        .map(state -> state.getTerminated());
  }

  private static Optional<String> message(ContainerStateTerminated end, boolean succeeded) {
    Optional<String> said = text(end.getMessage());
    return succeeded || said.isPresent()
        ? said
        : Optional.of(
            "the container ended with exit code %d (%s)"
                .formatted(end.getExitCode(), text(end.getReason()).orElse("Error")));
  }

  private static Optional<String> entry(@Nullable Map<String, String> data) {
    if (data == null) {
      return Optional.empty();
    }
    return data.size() == 1
        ? data.values().stream().findFirst()
        : Optional.ofNullable(data.get(RESULT_KEY));
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(some -> !some.isEmpty());
  }
}
