package io.propeller.testkit.training;

/** Descends to the least mean loss, by the gradient over all samples. For use by one thread. */
final class PooledFit {

  private static final double STEP = 1;
  private static final double ENOUGH = 1e-9;
  private static final int LIMIT = 10_000;

  private final Shard shard;

  PooledFit(Shard shard) {
    this.shard = shard;
  }

  LinearModel fit() {
    LinearModel model = LinearModel.ZERO;
    for (int i = 0; i < LIMIT; i++) {
      double[] slope = slope(model);
      model = moved(model, slope);
      double length = 0;
      for (double part : slope) {
        length += part * part;
      }
      if (length < ENOUGH * ENOUGH) {
        break;
      }
    }
    return model;
  }

  private double[] slope(LinearModel model) {
    double[] sum = new double[5];
    for (Sample sample : shard.samples()) {
      double error =
          (1 / (1 + StrictMath.exp(-model.logit(sample))) - sample.label())
              / shard.samples().size();
      sum[0] += error * sample.x0();
      sum[1] += error * sample.x1();
      sum[2] += error * sample.x2();
      sum[3] += error * sample.x3();
      sum[4] += error;
    }
    return sum;
  }

  private static LinearModel moved(LinearModel model, double[] slope) {
    LinearModel.Weights w = model.w();
    return new LinearModel(
        new LinearModel.Weights(
            w.w0() - STEP * slope[0],
            w.w1() - STEP * slope[1],
            w.w2() - STEP * slope[2],
            w.w3() - STEP * slope[3]),
        model.b() - STEP * slope[4]);
  }
}
