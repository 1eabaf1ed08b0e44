package io.propeller.testkit.scheduler;

import io.propeller.scheduler.fleet.Candidates;
import io.propeller.scheduler.fleet.Fleet;
import io.propeller.scheduler.fleet.WorkerState;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.WorkerId;
import io.propeller.scheduler.policy.PolicyPart;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays what happens to a fleet, and asks a policy wherever a task that fits somewhere asks for a
 * worker.
 */
final class PolicyRun {

  /** Is told of each question before it is answered; and how it was answered, once it was. */
  interface Observer {
    void asked(PartUnderTest part, TaskRequest task, Candidates candidates);
  }

  private final Fleet fleet;
  private final PartUnderTest part;
  private final List<TaskId> running = new ArrayList<>();
  private final List<String> decisions = new ArrayList<>();

  PolicyRun(Fleet fleet, PolicyPart part) {
    this.fleet = fleet;
    this.part = new PartUnderTest(part);
  }

  /** Returns, of each question, the task and the worker picked, or what else came of it. */
  List<String> play(List<FleetAction> actions, Observer observer) {
    for (FleetAction action : actions) {
      if (action instanceof FleetAction.Put put) {
        fleet.put(put.worker());
      } else if (action instanceof FleetAction.Remove remove) {
        running.removeAll(fleet.remove(remove.worker()));
      } else if (action instanceof FleetAction.Submit submit) {
        submit(submit.task(), observer);
      } else if (action instanceof FleetAction.Release release && !running.isEmpty()) {
        fleet.release(running.remove(release.index() % running.size()));
      }
    }
    return decisions;
  }

  private void submit(TaskRequest task, Observer observer) {
    Candidates candidates = fleet.candidates(task.requirements());
    if (candidates.size() == 0) {
      return;
    }
    observer.asked(part, task, candidates);
    Answer answer = part.ask(task, candidates);
    decisions.add(task.id() + " " + answer);
    WorkerState worker =
        answer instanceof Answer.Picked picked && candidates.contains(picked.worker())
            ? picked.worker()
            : candidates.get(0);
    WorkerId id = worker.id();
    fleet.reserve(task.id(), id, task.resources());
    running.add(task.id());
  }
}
