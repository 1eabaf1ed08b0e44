package io.propeller.fl.aggregate;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Range;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.model.Part;
import java.util.Optional;

/**
 * Central differential privacy for participants: the mean of the changes, each shortened to {@code
 * maxNorm} and all equal in weight, plus normal noise of deviation {@code noiseMultiplier · maxNorm
 * / n}. Reports what has been spent so far as {@code epsilon}. Without a global model they are
 * changes from zero, which says nothing of anybody.
 *
 * <p>McMahan, Ramage, Talwar and Zhang, "Learning differentially private recurrent language
 * models", ICLR 2018, with a fixed number of participants. The accountant adds up zero-concentrated
 * privacy, ρ = 1 / (2 noiseMultiplier²) a round, and converts it to ε = ρ + 2√(ρ ln(1/δ)): Bun and
 * Steinke, "Concentrated differential privacy", TCC 2016, propositions 1.3, 1.6 and lemma 2.3. Two
 * rounds are neighbours when one participant is added or removed; nothing is claimed for who is
 * chosen at random.
 *
 * @param maxNorm the longest change, above 0
 * @param noiseMultiplier z, above 0
 * @param delta δ, above 0 and below 1
 */
record GaussianMechanism(double maxNorm, double noiseMultiplier, double delta)
    implements AggregationAlgorithm {
  private static final double DEFAULT_DELTA = 1e-5;
  private static final ModelShape SPENT = ModelShape.of(Part.of("/rho"));

  static GaussianMechanism of(AggregationConfig config) {
    Range<Double> positive = Range.open(0.0, Double.POSITIVE_INFINITY);
    return new GaussianMechanism(
        config.number("maxNorm", positive),
        config.number("noiseMultiplier", positive),
        config.number("delta", Range.open(0.0, 1.0), DEFAULT_DELTA));
  }

  @Override
  public boolean noisy() {
    return true;
  }

  @Override
  public Aggregate aggregate(AggregationInput input) throws AggregationException {
    NoiseSeed seed =
        input
            .noiseSeed()
            .orElseThrow(() -> new AggregationException("gaussian-dp needs a noise seed"));
    Changes changes = Changes.sinceGlobalOrZero(input);
    double[] factors = changes.clippingFactors(maxNorm);
    for (int k = 0; k < factors.length; k++) {
      factors[k] /= input.count();
    }
    double[] change = changes.sum(factors);
    new GaussianNoise(seed).addTo(change, noiseMultiplier * maxNorm / input.count());
    double[] model = PseudoGradient.base(input);
    for (int i = 0; i < model.length; i++) {
      model[i] += change[i];
    }
    double rho = spentBefore(input) + 1 / (2 * noiseMultiplier * noiseMultiplier);
    return new Aggregate(
        Model.wrap(input.shape(), model),
        Optional.of(Model.of(SPENT, rho)),
        ImmutableSortedMap.of("delta", delta, "epsilon", epsilon(rho, delta), "rho", rho));
  }

  private static double spentBefore(AggregationInput input) throws AggregationException {
    if (input.state().isEmpty()) {
      return 0;
    }
    if (!input.state().get().shape().equals(SPENT)) {
      throw new AggregationException(
          "the server's state is not that of gaussian-dp: what was spent is not known");
    }
    return input.state().get().value(0);
  }

  static double epsilon(double rho, double delta) {
    return rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
  }
}
