package io.propeller.operator.internal.batch;

import io.javaoperatorsdk.operator.api.reconciler.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.propeller.api.v1.PropellerJob;
import io.propeller.operator.internal.resources.KeyIndex;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has jobs looked at, and finds those that name a Task in taskRefs. */
final class JobNews extends SimpleInboundEventSource<PropellerJob>
    implements ResourceEventAware<PropellerJob> {

  private final ResourceCache<PropellerJob> jobs;
  private final KeyIndex<PropellerJob> byReference;

  /** Makes one over a cache that may yet have to be filled. */
  JobNews(ResourceCache<PropellerJob> jobs) {
    super("news");
    this.jobs = jobs;
    this.byReference = new KeyIndex<>(JobNews::references, jobs::get);
  }

  /** The sources of events start after the cache, and before the reconcilers. */
  @Override
  public void start() {
    super.start();
    all().forEach(byReference::changed);
  }

  /** Has all jobs looked at. */
  void wakeAll() {
    all().forEach(this::propagateEvent);
  }

  private Stream<ResourceID> all() {
    return jobs.list().map(ResourceID::fromResource);
  }

  /** Returns the jobs that name a Task in taskRefs. */
  Stream<ResourceID> referringTo(ResourceID task) {
    return byReference
        .find(reference(task.getNamespace().orElse(""), task.getName()))
        .map(ResourceID::fromResource);
  }

  private static Set<String> references(PropellerJob job) {
    return job.getSpec().getTaskRefs().stream()
        .map(name -> reference(job.getMetadata().getNamespace(), name))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String reference(String namespace, String name) {
    return namespace + "/" + name;
  }

  @Override
  public void onResourceCreated(PropellerJob job) {
    byReference.changed(ResourceID.fromResource(job));
  }

  @Override
  public void onResourceUpdated(PropellerJob after, PropellerJob before) {
    byReference.changed(ResourceID.fromResource(after));
  }

  @Override
  public void onResourceDeleted(PropellerJob job) {
    byReference.changed(ResourceID.fromResource(job));
  }
}
