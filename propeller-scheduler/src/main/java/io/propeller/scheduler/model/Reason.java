package io.propeller.scheduler.model;

/**
 * Says why some of the workers do not fit.
 *
 * @param criterion what they fail
 * @param asked what was asked for: a capability, {@code key=value} of a label or taint, the name of
 *     a quantity, how many tasks of a gang, …
 * @param needed how much of the quantity the task takes; 0 where the criterion is not about a
 *     quantity
 * @param found how much of the quantity the best of these workers has; 0 where the criterion is not
 *     about a quantity
 * @param workers how many workers it is, from 1
 */
public record Reason(Criterion criterion, String asked, long needed, long found, int workers) {

  /** Says it in words, for example {@code 3 lack capability gpio}. */
  public String message() {
    return workers + " " + predicate();
  }

  private String predicate() {
    return switch (criterion) {
      case PHASE -> asked;
      case SCHEDULABLE -> "unschedulable";
      case KIND -> verb("is", "are") + " not of kind " + asked;
      case DEVICE_TYPE -> verb("is", "are") + " not of device type " + asked;
      case LABEL -> verb("lacks", "lack") + " label " + asked;
      case EXPRESSION -> verb("does", "do") + " not match " + asked;
      case CAPABILITY -> verb("lacks", "lack") + " capability " + asked;
      case TAINT -> verb("has", "have") + " taint " + asked;
      case PROFILE -> verb("does", "do") + " not meet profile " + asked;
      case CAPACITY -> verb("has", "have") + " too little " + asked;
      case TASK_LIMIT -> verb("runs", "run") + " as many tasks as allowed";
      case ROOM -> verb("has", "have") + " too little " + asked + " left";
      case HELD -> verb("is", "are") + " kept for " + asked;
      case POLICY -> verb("is", "are") + " ruled out by " + asked;
      case GANG -> verb("has", "have") + " room, but not " + asked;
      case NAMED -> verb("is", "are") + " not " + asked;
    };
  }

  private String verb(String one, String many) {
    return workers == 1 ? one : many;
  }
}
