package io.propeller.api.v1;

/** Names that the five resources and what the operator makes from them have in common. */
public final class PropellerApi {

  /** The API group. */
  public static final String GROUP = "propeller.propeller.abstractmachines.fr";

  /** The one served version. */
  public static final String VERSION = "v1";

  /** The category of all five kinds: {@code kubectl get propeller} lists everything. */
  public static final String CATEGORY = "propeller";

  /** Label on a Task that a PropellerJob made: the name of that job. */
  public static final String JOB_LABEL = GROUP + "/job";

  /**
   * Label on a TrainingRound, and on a Task, that a FederatedJob made: the name of that job, or its
   * uid where the name has more than 63 characters.
   */
  public static final String FEDERATED_JOB_LABEL = GROUP + "/federated-job";

  /**
   * Label on a Task that a TrainingRound made: the name of that round, or its uid where the name
   * has more than 63 characters.
   */
  public static final String ROUND_LABEL = GROUP + "/round";

  /** Annotation on a Kubernetes Job or Pod that carries its result. */
  public static final String RESULT_ANNOTATION = GROUP + "/result";

  /** Finalizer of a Task that a worker may be running. */
  public static final String TASK_FINALIZER = GROUP + "/task-finalizer";

  private PropellerApi() {}
}
