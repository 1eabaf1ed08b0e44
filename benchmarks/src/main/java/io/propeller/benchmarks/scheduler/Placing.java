package io.propeller.benchmarks.scheduler;

import com.google.common.collect.ImmutableList;
import io.propeller.scheduler.model.Placed;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.TaskId;
import io.propeller.scheduler.model.TaskRequest;
import io.propeller.scheduler.model.Worker;
import io.propeller.scheduler.placement.PlacementQueue;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One decision is a task submitted and placed, and an older one released, so that the fleet stays
 * as full as it is. The share of the workers that is full is full from the beginning to the end.
 */
@State(Scope.Thread)
public class Placing {

  private static final int TASKS = 1 << 14;
  private static final int RUNNING = 1 << 10;

  /** How many workers there are. */
  @Param({"5000", "50000", "100000", "1000000"})
  int workers;

  /** What share of them the task's selector selects. */
  @Param({"1", "1/10", "1/100"})
  String width = "1";

  /** How many of a hundred workers are full. */
  @Param({"0", "50", "90", "99"})
  int fill;

  /** The policy that picks. */
  @Param("round-robin")
  String policy = "round-robin";

  private final TaskRequest impossible =
      TaskRequest.builder()
          .id(TaskId.of("impossible"))
          .selector(Selector.builder().addCapabilities("time-travel").build())
          .build();
  private PlacementQueue queue = PlacementQueue.builder().clock(InstantSource.system()).build();
  private ScanningQueue scan = new ScanningQueue();
  private TaskRequest[] tasks = {};
  private int next;

  /** Builds the fleet and fills it. */
  @Setup(Level.Trial)
  public void setUp() {
    queue = PlacementQueue.builder().clock(InstantSource.system()).defaultPolicy(policy).build();
    scan = new ScanningQueue();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < workers; i++) {
      Worker worker = Workload.worker(i);
      queue.put(worker);
      scan.put(worker);
      if (random.nextInt(100) < fill) {
        queue.reserve(TaskId.of("full-" + i), worker.id(), Workload.all());
        scan.reserve(TaskId.of("full-" + i), i, Workload.all());
      }
    }
    tasks = Workload.tasks(TASKS, Workload.selector(width));
    next = 0;
  }

  /** Decides with the index. */
  @Benchmark
  public ImmutableList<Placed> index() {
    TaskRequest task = tasks[next & (TASKS - 1)];
    queue.release(tasks[(next - RUNNING) & (TASKS - 1)].id());
    next++;
    return queue.submit(task);
  }

  /** Decides by looking at every worker. */
  @Benchmark
  public int scan() {
    TaskRequest task = tasks[next & (TASKS - 1)];
    scan.release(tasks[(next - RUNNING) & (TASKS - 1)].id());
    next++;
    return scan.submit(task);
  }

  /** Finds that nothing fits, and takes the request back. */
  @Benchmark
  public ImmutableList<Placed> impossible() {
    queue.submit(impossible);
    return queue.withdraw(impossible.id());
  }
}
