package io.propeller.operator.internal.batch;

import com.google.common.collect.ImmutableList;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Task;
import io.propeller.operator.internal.pod.Ownership;
import io.propeller.operator.internal.task.TaskIndex;
import io.propeller.scheduler.batch.MemberState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the Tasks of a job, read from the cache of Tasks.
 *
 * @param members how far the Task of each entry is, by its number
 * @param guests how far each Task of taskRefs is
 * @param startedAt when the first of them started, not before the job was made
 * @param missing the first few of taskRefs that are not there
 * @param taken the first Task that has the name of one of the job's and is somebody else's
 * @param leftover the first Task of an earlier job of the same name, which will be collected
 */
record Children(
    ImmutableList<MemberState> members,
    ImmutableList<MemberState> guests,
    Optional<Instant> startedAt,
    ImmutableList<String> missing,
    Optional<String> taken,
    Optional<String> leftover) {

  private static final int FEW = 3;

  /**
   * Reads what is known.
   *
   * @param writer knows of Tasks that are being made, or that cannot be
   */
  static Children read(
      PropellerJob job, JobPlan.Accepted plan, TaskIndex tasks, ChildWriter writer) {
    Reader reader = new Reader(job, tasks, writer);
    ImmutableList<MemberState> members =
        plan.children().stream().map(reader::member).collect(ImmutableList.toImmutableList());
    ImmutableList<MemberState> guests =
        plan.guests().stream().map(reader::guest).collect(ImmutableList.toImmutableList());
    return new Children(
        members,
        guests,
        reader.startedAt,
        ImmutableList.copyOf(reader.missing),
        reader.taken,
        reader.leftover);
  }

  private static final class Reader {

    private final PropellerJob job;
    private final TaskIndex tasks;
    private final ChildWriter writer;
    private final Instant made;
    private final List<String> missing = new ArrayList<>();
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<String> taken = Optional.empty();
    private Optional<String> leftover = Optional.empty();

    Reader(PropellerJob job, TaskIndex tasks, ChildWriter writer) {
      this.job = job;
      this.tasks = tasks;
      this.writer = writer;
      this.made = Instant.parse(job.getMetadata().getCreationTimestamp());
    }

    MemberState member(ResourceID id) {
      Optional<Task> found = tasks.find(id);
      if (found.isEmpty()) {
        if (writer.isBusy(job, id)) {
          return MemberState.WAITING;
        }
        return writer.refusal(job, id).isPresent() ? MemberState.REFUSED : MemberState.ABSENT;
      }
      if (Ownership.isOf(found.get(), job)) {
        return seen(found.get());
      }
      if (isOfNamesake(found.get())) {
        leftover = leftover.or(() -> Optional.of(id.getName()));
        return MemberState.WAITING;
      }
      taken = taken.or(() -> Optional.of(id.getName()));
      return MemberState.REFUSED;
    }

    /** Returns whether a Task is of a job that had the same name, and is gone with its Tasks. */
    private boolean isOfNamesake(Task task) {
      return task.getMetadata().getOwnerReferences().stream()
          .anyMatch(
              owner ->
                  owner.getKind().equals(job.getKind())
                      && owner.getName().equals(job.getMetadata().getName()));
    }

    MemberState guest(ResourceID id) {
      Optional<Task> found = tasks.find(id);
      if (found.isEmpty() && missing.size() < FEW) {
        missing.add(id.getName());
      }
      return found.map(this::seen).orElse(MemberState.ABSENT);
    }

    private MemberState seen(Task task) {
      if (task.getStatus() != null && task.getStatus().getStartedAt() != null) {
        Instant start = task.getStatus().getStartedAt();
        if (startedAt.isEmpty() || start.isBefore(startedAt.get())) {
          startedAt = Optional.of(start.isBefore(made) ? made : start);
        }
      }
      return MemberStates.of(task);
    }
  }
}
