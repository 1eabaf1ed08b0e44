package io.propeller.scheduler.model;

/**
 * Names one condition of one of a worker's profiles.
 *
 * @param profile the profile's name
 * @param condition the condition's name within the profile
 */
public record ProfileCondition(String profile, String condition) {

  @Override
  public String toString() {
    return profile + "/" + condition;
  }
}
