package io.propeller.testkit.training;

/**
 * SplitMix64, as the training module has it. For use by one thread.
 *
 * <p>Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
final class SplitMix {

  private static final double SQRT_3 = 1.7320508075688772;

  private long state;

  SplitMix(long state) {
    this.state = state;
  }

  /** Returns a number from 0 to 1, exclusive. */
  double uniform() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }

  /** Returns a nearly normal number, with mean 0 and variance 1. */
  double noise() {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += uniform();
    }
    return (sum - 2) * SQRT_3;
  }
}
