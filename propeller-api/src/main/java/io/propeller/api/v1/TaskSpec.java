package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lombok.Data;
import lombok.ToString;
import org.jspecify.annotations.Nullable;

/** What to run, where it may run, and when. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@Rules({
  @ValidationRule(
      value =
          "!has(self.broadcast) || !self.broadcast || !has(self.propletSelector)"
              + " || !has(self.propletSelector.propletId)"
              + " || self.propletSelector.propletId == ''",
      message =
          "a broadcast goes to every proplet that matches: leave out propletSelector.propletId",
      fieldPath = ".broadcast"),
  @ValidationRule(
      value =
          "!has(self.isRecurring) || !self.isRecurring"
              + " || (has(self.schedule) && self.schedule != '')",
      message = "a recurring task needs schedule, a cron expression of five fields",
      fieldPath = ".schedule"),
  @ValidationRule(
      value =
          "!has(self.imageUrl) || self.imageUrl == '' || !has(self.file) || self.file.size() == 0",
      message = "the module is either inline in file or named in imageUrl, not both",
      fieldPath = ".file"),
  @ValidationRule(
      value = "!has(self.encrypted) || !self.encrypted || !has(self.file) || self.file.size() == 0",
      message = "an encrypted module cannot be inline: name it in imageUrl",
      fieldPath = ".encrypted"),
  @ValidationRule(
      value =
          "!has(self.executor) || self.executor != 'job'"
              + " || (has(self.imageUrl) && self.imageUrl != '')",
      message = "executor job runs an image: name it in imageUrl",
      fieldPath = ".executor"),
  @ValidationRule(
      value =
          "!has(self.latent) || !self.latent || (!has(self.invokes)"
              + " && (!has(self.daemon) || !self.daemon)"
              + " && (!has(self.broadcast) || !self.broadcast)"
              + " && (!has(self.isRecurring) || !self.isRecurring)"
              + " && (!has(self.executor) || self.executor != 'job')"
              + " && (!has(self.kind) || self.kind != 'federated'))",
      message =
          "latent is true, so the task waits on its worker to be called and does nothing else:"
              + " daemon, broadcast and isRecurring must be false, executor not job, kind standard,"
              + " and invokes left out",
      fieldPath = ".latent"),
  @ValidationRule(
      value =
          "!has(self.invokes) || ((!has(self.file) || self.file.size() == 0)"
              + " && (!has(self.imageUrl) || self.imageUrl == '')"
              + " && (!has(self.functionName) || self.functionName == '')"
              + " && (!has(self.cliArgs) || self.cliArgs.size() == 0)"
              + " && !has(self.propletSelector) && !has(self.resourceRequirements)"
              + " && (!has(self.daemon) || !self.daemon)"
              + " && (!has(self.broadcast) || !self.broadcast)"
              + " && (!has(self.encrypted) || !self.encrypted)"
              + " && (!has(self.executor) || self.executor != 'job')"
              + " && (!has(self.kind) || self.kind != 'federated'))",
      message =
          "invokes names a latent task, whose function is called where that runs: leave out file,"
              + " imageUrl, functionName, cliArgs, propletSelector and resourceRequirements;"
              + " daemon, broadcast and encrypted must be false, executor not job, kind standard",
      fieldPath = ".invokes")
})
public class TaskSpec extends Extensible {

  /** Name of the work; the resource's name if absent. */
  @Size(min = 1, max = 253)
  private @Nullable String name;

  /** Exported function to call; the name of the work if absent. */
  @Size(max = 253)
  private @Nullable String functionName;

  /** What the task computes. */
  @Default("standard")
  private TaskKind kind = TaskKind.STANDARD;

  /**
   * The module itself, in base64, of 768 KiB at most before encoding. A larger one is named in
   * imageUrl.
   */
  @ToString.Exclude
  @ValidationRule(
      value = "self.size() <= 1048576",
      message =
          "the module is larger than 768 KiB, the most that can be inline: publish it and name it"
              + " in imageUrl")
  private @Nullable String file;

  /**
   * Where the module is: an OCI reference, or an http or https address that the worker can reach.
   * With neither this nor file the worker must know the function itself.
   */
  @Size(max = 2048)
  private @Nullable String imageUrl;

  /** Arguments of the function. A whole number is accepted and means its decimal text. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 256)
  private List<String> inputs = new ArrayList<>();

  /** Command-line arguments. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 1024)
  private List<@Size(max = 32768) String> cliArgs = new ArrayList<>();

  /** Environment of the module. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 512)
  private Map<String, @Size(max = 131072) String> env = new LinkedHashMap<>();

  /** Which workers the task may go to. */
  private @Nullable PropletSelector propletSelector;

  /** Which workers the task may go to, by where they run. */
  @Default("any")
  private PreferredPropletType preferredPropletType = PreferredPropletType.ANY;

  /** What the task needs of its worker. */
  private @Nullable ResourceAmounts resourceRequirements;

  /** Who is placed first when several wait: higher before lower, then older before younger. */
  @Min(0)
  @Max(100)
  @Default("50")
  private int priority = 50;

  /** Whether the task runs until it is deleted or its deadline passes. */
  @Default("false")
  private boolean daemon;

  /**
   * Whether the worker only keeps the module, for Tasks that call it by naming this one in invokes.
   * It runs until it is deleted or its deadline passes.
   */
  @Default("false")
  private boolean latent;

  /**
   * Name of the latent Task of the same namespace whose function this one calls, with inputs and
   * env of its own, on the worker that keeps it. It waits until that Task runs, and takes nothing
   * of the worker.
   */
  @Size(min = 1, max = 253)
  private @Nullable String invokes;

  /** Whether the task goes to every worker that matches, and not to one of them. */
  @Default("false")
  private boolean broadcast;

  /** Whether the module is encrypted. */
  @Default("false")
  private boolean encrypted;

  /** Whether the task runs again at every time of its schedule. */
  @JsonProperty("isRecurring")
  @Default("false")
  private boolean recurring;

  /** What the task does with a model. */
  private @Nullable TaskMode mode;

  /** Whether the pod of a task that runs as a Kubernetes Job is started again in place. */
  private @Nullable RestartPolicy restartPolicy;

  /** Path under which the key broker service holds the key of an encrypted module. */
  @Size(max = 1024)
  private @Nullable String kbsResourcePath;

  /** Path on the worker of the storage that the hardware abstraction layer offers to the module. */
  @Size(max = 4096)
  private @Nullable String halStoragePath;

  /** Any JSON, which reaches the worker as it is. */
  private @Nullable JsonNode metadata;

  /** What to measure while the task runs. */
  private @Nullable MonitoringProfile monitoringProfile;

  /** Names of the tasks that must be over first; needs workflowId or jobId. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 256)
  private List<@Size(min = 1, max = 253) String> dependsOn = new ArrayList<>();

  /** How the tasks that it depends on must have ended. */
  @Default("success")
  private RunIf runIf = RunIf.SUCCESS;

  /** Workflow that the task belongs to. */
  @Size(max = 253)
  private @Nullable String workflowId;

  /** Job that the task belongs to. */
  @Size(max = 253)
  private @Nullable String jobId;

  /**
   * When to run: a cron expression of five fields, minute, hour, day of month, month, day of week.
   */
  @Size(max = 256)
  private @Nullable String schedule;

  /** Time zone of the schedule, such as Europe/Paris. */
  @Size(max = 64)
  @Default("UTC")
  private String timezone = "UTC";

  /**
   * What becomes of a run that is due while the last one still runs. Allow: it is a Task of its
   * own, named after this one and the minute, and kept for an hour unless ttlSecondsAfterFinished
   * says for how long. Forbid: it is left out. Replace: it takes the place of the last one.
   */
  @Default("Forbid")
  private ConcurrencyPolicy concurrencyPolicy = ConcurrencyPolicy.FORBID;

  /**
   * Keeps the task from being placed, and stops it if it runs, until it is false again: the run
   * then begins anew.
   */
  @Default("false")
  private boolean suspend;

  /** Policy that places the task; the operator's default if absent. */
  @Size(max = 253)
  private @Nullable String schedulerName;

  /** Taints of workers that do not keep the task away. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Size(max = 64)
  private List<Toleration> tolerations = new ArrayList<>();

  /** What runs the task on a k8s proplet. */
  @Default("auto")
  private Executor executor = Executor.AUTO;

  /** How often and when the task is tried again after it failed; not at all if absent. */
  private @Nullable RetryPolicy retryPolicy;

  /**
   * Longest time in seconds that a run may take, from its first attempt on; then it fails, and is
   * not tried again.
   */
  @Min(1)
  private @Nullable Long activeDeadlineSeconds;

  /** Seconds after its end at which the task is deleted; never if absent. */
  @Min(0)
  private @Nullable Integer ttlSecondsAfterFinished;

  /** What becomes of the task when its worker has been Offline for disconnectGraceSeconds. */
  @Default("Reschedule")
  private DisconnectPolicy disconnectPolicy = DisconnectPolicy.RESCHEDULE;

  /** Seconds that a worker may be Offline before disconnectPolicy applies. */
  @Min(0)
  @Max(604800)
  @Default("60")
  private int disconnectGraceSeconds = 60;

  /**
   * Decodes the module that is inline, or returns null if none is.
   *
   * @throws IllegalArgumentException if {@code file} is no base64
   */
  public byte @Nullable [] inlineModule() {
    return file == null || file.isBlank() ? null : Base64.getMimeDecoder().decode(file);
  }
}
