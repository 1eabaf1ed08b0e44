package io.propeller.operator.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.propeller.api.v1.PropellerApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobResultsTest {

  /** Each source in the order in which it counts, present from that place on. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void the_first_source_that_has_a_result_counts(int first) {
    Job job = job("Complete", first <= 0 ? "0" : null);
    Pod pod = pod(0, first <= 1 ? "1" : null, first <= 4 ? "4" : null);
    Optional<ConfigMap> config =
        first <= 2
            ? Optional.of(new ConfigMapBuilder().addToData("result", "2").build())
            : Optional.empty();
    Optional<Secret> secret =
        first <= 3
            ? Optional.of(new SecretBuilder().addToData("result", "Mw==").build())
            : Optional.empty();

    assertThat(JobResults.of(job, () -> List.of(pod), () -> config, () -> secret))
        .contains(
            new JobOutcome.Succeeded(
                first == 5 ? Optional.empty() : Optional.of(String.valueOf(first))));
  }

  @Test
  void a_job_that_goes_on_has_no_outcome_whatever_is_written_on_it() {
    assertThat(outcome(job(null, "42"), pod(0, "42", null))).isEmpty();
    assertThat(outcome(new JobBuilder().withNewMetadata().endMetadata().build())).isEmpty();
  }

  @Test
  void the_last_words_of_the_container_are_the_error() {
    assertThat(outcome(job("Failed", null), pod(1, "division by zero", null)))
        .contains(new JobOutcome.Failed("division by zero"));
    assertThat(outcome(job("Failed", null), pod(137, null, null)))
        .contains(new JobOutcome.Failed("the container ended with exit code 137 (Error)"));
  }

  @Test
  void without_a_pod_to_ask_the_job_says_why_it_failed() {
    assertThat(outcome(job("Failed", null)))
        .contains(new JobOutcome.Failed("DeadlineExceeded: too long"));
  }

  @Test
  void what_a_failed_pod_left_is_no_result() {
    assertThat(outcome(job("Complete", null), pod(1, "crashed", null), pod(0, "42", null)))
        .contains(new JobOutcome.Succeeded(Optional.of("42")));
  }

  @Test
  void of_several_entries_the_one_named_result_counts_and_a_single_one_by_any_name() {
    assertThat(ofConfig(Map.of("a", "1", "result", "2")))
        .isEqualTo(new JobOutcome.Succeeded(Optional.of("2")));
    assertThat(ofConfig(Map.of("a", "1"))).isEqualTo(new JobOutcome.Succeeded(Optional.of("1")));
    assertThat(ofConfig(Map.of("a", "1", "b", "2")))
        .isEqualTo(new JobOutcome.Succeeded(Optional.empty()));
  }

  private static JobOutcome ofConfig(Map<String, String> data) {
    return JobResults.of(
            job("Complete", null),
            List::of,
            () -> Optional.of(new ConfigMapBuilder().withData(data).build()),
            Optional::empty)
        .orElseThrow();
  }

  private static Optional<JobOutcome> outcome(Job job, Pod... pods) {
    return JobResults.of(job, () -> List.of(pods), Optional::empty, Optional::empty);
  }

  private static Job job(@Nullable String condition, @Nullable String result) {
    JobBuilder job =
        new JobBuilder()
            .withNewMetadata()
            .addToAnnotations(
                result == null ? Map.of() : Map.of(PropellerApi.RESULT_ANNOTATION, result))
            .endMetadata();
    return condition == null
        ? job.withNewStatus().withActive(1).endStatus().build()
        : job.withNewStatus()
            .addNewCondition()
            .withType(condition)
            .withStatus("True")
            .withReason("DeadlineExceeded")
            .withMessage("too long")
            .endCondition()
            .endStatus()
            .build();
  }

  private static Pod pod(int exitCode, @Nullable String message, @Nullable String annotation) {
    return new PodBuilder()
        .withNewMetadata()
        .addToAnnotations(
            annotation == null ? Map.of() : Map.of(PropellerApi.RESULT_ANNOTATION, annotation))
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("task")
        .withNewState()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withMessage(message)
        .withReason("Error")
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
