package io.propeller.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.model.WorkerId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SharedPlacementQueueTest {

  private static final int THREADS = 8;
  private static final int TASKS_OF_A_THREAD = 500;
  private static final int LIMIT = 2;

  private final SharedPlacementQueue shared =
      new SharedPlacementQueue(PlacementQueue.builder().clock(InstantSource.system()).build());
  private final Set<TaskId> everPlaced = ConcurrentHashMap.newKeySet();
  private final Queue<TaskId> running = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(60)
  void many_threads_place_each_task_once_and_no_worker_is_over_its_limit() throws Exception {
    for (int i = 0; i < 3; i++) {
      Worker worker = Worker.builder().id(WorkerId.of("w" + i)).maxConcurrentTasks(LIMIT).build();
      note(shared.call(queue -> queue.put(worker)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String name = "t" + i + "-";
        work.add(() -> submitAndRelease(name));
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    releaseAll();

    assertThat(everPlaced).hasSize(THREADS * TASKS_OF_A_THREAD);
    assertThat(shared.call(PlacementQueue::waiting)).isZero();
  }

  private Void submitAndRelease(String name) {
    for (int i = 0; i < TASKS_OF_A_THREAD; i++) {
      TaskRequest task = TaskRequest.builder().id(TaskId.of(name + i)).build();
      note(shared.call(queue -> queue.submit(task)));
      shared.call(
          queue ->
              assertThat(queue.fleet().workers().values())
                  .allSatisfy(
                      worker -> assertThat(worker.tasks()).hasSizeLessThanOrEqualTo(LIMIT)));
      TaskId ended = running.poll();
      if (ended != null) {
        note(shared.call(queue -> queue.release(ended)));
      }
    }
    return null;
  }

  private void releaseAll() {
    for (TaskId ended = running.poll(); ended != null; ended = running.poll()) {
      TaskId task = ended;
      note(shared.call(queue -> queue.release(task)));
    }
  }

  private void note(List<Placed> placed) {
    for (Placed one : placed) {
      assertThat(everPlaced.add(one.task())).as("%s is placed once", one.task()).isTrue();
      running.add(one.task());
    }
  }
}
