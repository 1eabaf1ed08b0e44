package io.propeller.fl.aggregate;

/** What the numbers of an update are. */
public enum UpdateKind {
  /** The model as the worker trained it. */
  MODEL,
  /** The difference that the training made to the global model. */
  DELTA
}
