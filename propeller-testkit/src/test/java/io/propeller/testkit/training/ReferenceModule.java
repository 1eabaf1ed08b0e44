package io.propeller.testkit.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The training module in plain Java: the same arithmetic, step by step. */
final class ReferenceModule {

  private static final Pattern NUMBER =
      Pattern.compile("(-?)(\\d+)(?:\\.(\\d*))?(?:[eE]([-+]?\\d+))?");
  private static final double SHOUT = 20;

  private final Map<String, String> environment;
  private final double[] model = new double[5];
  private final double[] origin = new double[5];

  private ReferenceModule(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns what the module prints. */
  static String run(Map<String, String> environment) {
    return new ReferenceModule(environment).run();
  }

  private String run() {
    TrainingTask task = task();
    int index = (int) (trailingNumber(variable("PROPLET_ID")) % task.shards());
    boolean poisoned = task.poisoned().orElse(-1) == index;
    double[][] samples =
        task.data().shard(index).samples().stream()
            .map(
                sample ->
                    new double[] {
                      sample.x0(),
                      sample.x1(),
                      sample.x2(),
                      sample.x3(),
                      poisoned ? 1 - sample.label() : sample.label()
                    })
            .toArray(double[][]::new);
    readModel();
    String metrics = metrics(samples);
    scale(poisoned ? 0 : 1);
    train(samples, task.epochs(), task.learningRate(), hyperparameter("mu", 0));
    if (poisoned) {
      scale(SHOUT);
    }
    return """
    {"round_id":"%s","proplet_id":"%s","base_model_uri":"%s","num_samples":%d,"metrics":{%s},\
    "update":{"w":[%s,%s,%s,%s],"b":%s}}
    """
        .formatted(
            variable("ROUND_ID"),
            variable("PROPLET_ID"),
            variable("MODEL_URI"),
            task.samples(),
            metrics,
            decimal(model[0]),
            decimal(model[1]),
            decimal(model[2]),
            decimal(model[3]),
            decimal(model[4]));
  }

  private TrainingTask task() {
    String samples = environment.getOrDefault("FL_NUM_SAMPLES", "200");
    TrainingTask task =
        TrainingTask.DEFAULT
            .withSeed((long) hyperparameter("seed", 1))
            .withShards((int) hyperparameter("shards", 10))
            .withSkew(hyperparameter("skew", 0))
            .withSamples((int) hyperparameter("num_samples", number(samples)))
            .withEpochs((int) hyperparameter("epochs", 2))
            .withLearningRate(hyperparameter("learning_rate", 0.05));
    int poisoned = (int) hyperparameter("poisoned", -1);
    return poisoned < 0 ? task : task.withPoisoned(poisoned);
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private double hyperparameter(String name, double otherwise) {
    return value(variable("HYPERPARAMS"), name, otherwise);
  }

  private static double value(String json, String name, double otherwise) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*([^,}\\s]+)").matcher(json);
    return matcher.find() ? number(matcher.group(1)) : otherwise;
  }

  private void readModel() {
    String json =
        variable("MODEL_DATA").isEmpty()
            ? new String(Base64.getDecoder().decode(variable("FL_GLOBAL_UPDATE_B64")), UTF_8)
            : variable("MODEL_DATA");
    Matcher matcher = Pattern.compile("\"w\"\\s*:\\s*\\[([^]]*)]").matcher(json);
    if (matcher.find()) {
      String[] weights = matcher.group(1).split(",", -1);
      for (int j = 0; j < 4; j++) {
        model[j] = number(weights[j].strip());
      }
    }
    model[4] = value(json, "b", 0);
  }

  /** Not {@link Double#parseDouble}: the module rounds after each digit. */
  private static double number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no number: " + text);
    }
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    double value = 0;
    for (char digit : (matcher.group(2) + fraction).toCharArray()) {
      value = value * 10 + (digit - '0');
    }
    int scale =
        (matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4))) - fraction.length();
    for (; scale < 0; scale++) {
      value /= 10;
    }
    for (; scale > 0; scale--) {
      value *= 10;
    }
    return matcher.group(1).isEmpty() ? value : -value;
  }

  private static long trailingNumber(String text) {
    Matcher matcher = Pattern.compile("(\\d+)$").matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private double logit(double[] x) {
    return model[0] * x[0] + model[1] * x[1] + model[2] * x[2] + model[3] * x[3] + model[4];
  }

  private String metrics(double[][] samples) {
    double loss = 0;
    double right = 0;
    for (double[] sample : samples) {
      double logit = logit(sample);
      double margin = logit * (2 * sample[4] - 1);
      loss += Math.max(-margin, 0) + ln1p(exp(-Math.abs(margin)));
      right += (logit > 0) == (sample[4] == 1) ? 1 : 0;
    }
    return "\"loss\":%s,\"accuracy\":%s"
        .formatted(decimal(loss / samples.length), decimal(right / samples.length));
  }

  private void train(double[][] samples, int epochs, double rate, double mu) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (double[] sample : samples) {
        double error = 1 / (1 + exp(-logit(sample))) - sample[4];
        for (int j = 0; j < 5; j++) {
          double slope = j < 4 ? error * sample[j] : error;
          model[j] = model[j] - rate * (slope + mu * (model[j] - origin[j]));
        }
      }
    }
  }

  private void scale(double factor) {
    for (int j = 0; j < 5; j++) {
      model[j] *= factor;
      origin[j] = model[j];
    }
  }

  private static double exp(double x) {
    if (x < 0) {
      return 1 / exp(-x);
    }
    double rest = x;
    int halvings = 0;
    while (rest > 0.125 && halvings < 64) {
      rest *= 0.5;
      halvings++;
    }
    double sum = 1;
    double term = 1;
    for (int n = 1; n <= 8; n++) {
      term = term * rest / n;
      sum += term;
    }
    for (int i = 0; i < halvings; i++) {
      sum *= sum;
    }
    return sum;
  }

  private static double ln1p(double u) {
    double s = u / (2 + u);
    double power = s;
    double sum = 0;
    for (int n = 1; n < 21; n += 2) {
      sum += power / n;
      power = power * s * s;
    }
    return 2 * sum;
  }

  private static String decimal(double value) {
    long billionths = (long) Math.rint(Math.abs(value) * 1e9);
    return String.format(
        Locale.ROOT,
        "%s%d.%09d",
        value < 0 && billionths != 0 ? "-" : "",
        billionths / 1_000_000_000,
        billionths % 1_000_000_000);
  }
}
