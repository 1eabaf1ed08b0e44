package io.propeller.fl.round;

import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Values;
import io.propeller.fl.update.DecodedUpdate;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.UpdateRefusedException;
import java.util.Optional;

/**
 * Checks the content of an update against a policy: shape, format, finiteness, weight, loss, norm,
 * in this order.
 */
public final class UpdateCheck {
  private static final int CHUNK = 4_096;

  private UpdateCheck() {}

  /**
   * An update that may count.
   *
   * @param shape its parts
   * @param values what is to be aggregated
   * @param weight its number of samples
   * @param clipped whether the values were moved towards the reference
   */
  public record Checked(ModelShape shape, Values values, long weight, boolean clipped) {}

  /**
   * Checks an update.
   *
   * @param shape the parts that it must have, if they are known
   * @throws UpdateRefusedException with the first rule that it breaks
   */
  public static Checked check(
      DecodedUpdate update, AdmissionPolicy policy, Optional<ModelShape> shape)
      throws UpdateRefusedException {
    if (shape.isPresent() && !shape.get().equals(update.shape())) {
      throw refused(
          Reason.SHAPE,
          "the update's parts are " + update.shape() + ", the model's " + shape.get());
    }
    if (!policy.formats().isEmpty() && !policy.formats().contains(update.format())) {
      throw refused(
          Reason.FORMAT, "format " + update.format().label() + " is not among " + policy.formats());
    }
    requireFinite(update.values());
    if (update.numSamples().isEmpty()) {
      throw refused(Reason.WEIGHT, "num_samples is missing");
    }
    long weight = update.numSamples().getAsLong();
    if (weight < 1 || weight > policy.maxWeight()) {
      throw refused(
          Reason.WEIGHT, "num_samples must be from 1 to " + policy.maxWeight() + ", is " + weight);
    }
    if (policy.lossRequired() && !(update.metrics().loss().orElse(-1) >= 0)) {
      throw refused(
          Reason.LOSS,
          "metrics.loss must be a number of at least 0, is " + update.metrics().loss());
    }
    if (policy.maxNorm().isPresent()) {
      Optional<Values> shorter =
          clip(update.values(), policy.maxNorm().getAsDouble(), policy.reference());
      return new Checked(
          update.shape(), shorter.orElse(update.values()), weight, shorter.isPresent());
    }
    return new Checked(update.shape(), update.values(), weight, false);
  }

  private static UpdateRefusedException refused(Reason reason, String detail) {
    return new UpdateRefusedException(new Refusal(reason, detail));
  }

  private static void requireFinite(Values values) throws UpdateRefusedException {
    double[] chunk = new double[Math.min(CHUNK, values.length())];
    for (int from = 0; from < values.length(); from += CHUNK) {
      int n = Math.min(CHUNK, values.length() - from);
      values.read(from, n, chunk);
      for (int i = 0; i < n; i++) {
        if (!Double.isFinite(chunk[i])) {
          throw refused(Reason.NOT_FINITE, "value " + (from + i) + " of the update is " + chunk[i]);
        }
      }
    }
  }

  /**
   * Returns the values moved towards the reference until their distance is the limit; empty if it
   * is within it.
   */
  private static Optional<Values> clip(Values values, double limit, Optional<Model> reference)
      throws UpdateRefusedException {
    double[] x = values.toArray();
    double[] origin = reference.map(Model::toArray).orElseGet(() -> new double[x.length]);
    double norm = distance(x, origin);
    if (norm <= limit) {
      return Optional.empty();
    }
    if (Double.isInfinite(norm)) {
      throw refused(Reason.NOT_FINITE, "the update's distance from the global model is infinite");
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = origin[i] + (x[i] - origin[i]) / norm * limit;
    }
    return Optional.of(Values.of(x));
  }

  /** Returns the Euclidean distance; infinite only if it exceeds every double. */
  private static double distance(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    if (largest == 0 || Double.isInfinite(largest)) {
      return largest;
    }
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double scaled = (x[i] - y[i]) / largest;
      squares += scaled * scaled;
    }
    return largest * Math.sqrt(squares);
  }
}
