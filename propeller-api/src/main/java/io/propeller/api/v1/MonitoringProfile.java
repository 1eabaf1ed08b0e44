package io.propeller.api.v1;

import io.fabric8.generator.annotation.Min;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What a worker measures while a task runs. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class MonitoringProfile extends Extensible {

  /** Whether it measures. */
  private boolean enabled;

  /** Time between two samples in whole seconds, such as 10s. */
  private @Nullable String interval;

  /** Whether it measures the processor. */
  private boolean collectCpu;

  /** Whether it measures memory. */
  private boolean collectMemory;

  /** Whether it measures reads from and writes to disk. */
  private boolean collectDiskIo;

  /** Whether it counts threads. */
  private boolean collectThreads;

  /** Whether it counts open files. */
  private boolean collectFileDescriptors;

  /** Whether it publishes what it measured. */
  private boolean exportToMqtt;

  /** Whether it keeps earlier samples. */
  private boolean retainHistory;

  /** How many samples it keeps. */
  @Min(0)
  private int historySize;
}
