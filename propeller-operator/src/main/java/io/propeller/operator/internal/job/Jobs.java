package io.propeller.operator.internal.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.scheduler.lifecycle.AttemptId;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts of Tasks as Kubernetes Jobs, one Job per Task at a time.
 *
 * <p>Safe for use by the threads that reconcile Tasks, one Task by one of them at a time.
 */
public final class Jobs {

  private static final String POD_OF_JOB = "batch.kubernetes.io/controller-uid";

  private @Nullable InformerEventSource<Job, Task> jobs;

  /** Returns what tells of Jobs that change; to be called once, before all else. */
  public EventSource<Job, Task> eventSource(EventSourceContext<Task> context) {
    InformerEventSource<Job, Task> source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Job.class, Task.class)
                .withLabelSelector(JobTemplate.TASK_LABEL)
                .withNamespacesInheritedFromController()
                .build(),
            context);
    jobs = source;
    return source;
  }

  /**
   * Has an attempt run: makes its Job, once that of an earlier attempt is gone. Has no effect when
   * called again.
   *
   * @param environment what the containers find in theirs
   * @throws IllegalArgumentException if no Job can be made of the Task, or one of its name is
   *     somebody else's
   */
  public void start(
      Task task, AttemptId attempt, Map<String, String> environment, Context<Task> context) {
    Optional<Job> present = find(task);
    if (present.isPresent()) {
      own(task, present.get());
      if (!isOf(present.get(), attempt)) {
        // Its end is an event, which leads here again.
        delete(present.get(), context.getClient());
      }
      return;
    }
    JobTemplate.check(task);
    configure(task, environment, context.getClient());
    Job job = JobTemplate.job(task, attempt);
    try {
      context.getClient().resource(job).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Made before, and not yet in the cache; unless it is somebody else's, which has no event.
      own(task, context.getClient().resource(job).get());
    }
  }

  /** Returns what came of an attempt; empty while it goes on. */
  public Optional<JobOutcome> outcome(Task task, AttemptId attempt, Context<Task> context) {
    KubernetesClient client = context.getClient();
    String namespace = task.getMetadata().getNamespace();
    String result = JobTemplate.resultName(task);
    return find(task)
        .filter(job -> Ownership.isOf(job, task) && isOf(job, attempt))
        .flatMap(
            job ->
                JobResults.of(
                    job,
                    () -> pods(job, client),
                    () -> get(client, ConfigMap.class, namespace, result),
                    () -> get(client, Secret.class, namespace, result)));
  }

  /** Ends the Job of a Task if it still runs; one that ended stays, for its log. */
  public void stop(Task task, Context<Task> context) {
    find(task)
        .filter(job -> Ownership.isOf(job, task) && !JobResults.hasEnded(job))
        .ifPresent(job -> delete(job, context.getClient()));
  }

  private Optional<Job> find(Task task) {
    return source()
        .get(new ResourceID(JobTemplate.jobName(task), task.getMetadata().getNamespace()));
  }

  private InformerEventSource<Job, Task> source() {
    if (jobs == null) {
      throw new IllegalStateException("eventSource comes first");
    }
    return jobs;
  }

  private static void configure(
      Task task, Map<String, String> environment, KubernetesClient client) {
    ConfigMap wanted = JobTemplate.config(task, environment);
    ConfigMap present = client.resource(wanted).get();
    if (present == null) {
      client.resource(wanted).create();
    } else {
      own(task, present);
      client.resource(wanted).update();
    }
  }

  private static void own(Task task, @Nullable HasMetadata object) {
    if (object != null && !Ownership.isOf(object, task)) {
      throw new IllegalArgumentException(
          "the %s %s is there already and is not the task's"
              .formatted(object.getKind(), object.getMetadata().getName()));
    }
  }

  private static boolean isOf(Job job, AttemptId attempt) {
    return attempt
        .wire()
        .equals(job.getMetadata().getAnnotations().get(JobTemplate.ATTEMPT_ANNOTATION));
  }

  private static void delete(Job job, KubernetesClient client) {
    client.resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  /** Asks the API server: the informers of Jobs and of Pods would not be of one mind. */
  private static List<Pod> pods(Job job, KubernetesClient client) {
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withLabel(POD_OF_JOB, job.getMetadata().getUid())
        .list()
        .getItems();
  }

  private static <T extends HasMetadata> Optional<T> get(
      KubernetesClient client, Class<T> type, String namespace, String name) {
    return Optional.ofNullable(client.resources(type).inNamespace(namespace).withName(name).get());
  }
}
