package io.propeller.scheduler.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  private static final Metrics METRICS = Metrics.of(Map.of("cpu", 20.0, "battery", 41.5));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cpu < 25% && battery > 40 ; true",
        "battery == nil ; false",
        "disk == nil ; true",
        "disk != nil ; false",
        "disk < 1 || disk >= 1 ; false",
        "disk != 1 ; true",
        "nil == nil ; true",
        "!(cpu<25) ; false",
        "!cpu > 25 ; true",
        "cpu > 25 || cpu == 20 ; true",
        "cpu > 25 || cpu == 20 && battery < 1 ; false",
        "-5 < cpu ; true",
        "cpu <= 20.0 ; true",
        "25 > cpu ; true",
      })
  void it_is_true_when_its_operators_say_so(String text, boolean expected) {
    assertThat(Condition.parse(text).test(METRICS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cpu < ; 5 ; expected a number, a name or nil, found the end of the text",
        "cpu ; 3 ; expected one of < <= > >= == !=, found the end of the text",
        "cpu < 5 battery ; 8 ; expected && or || or the end, found 'b'",
        "(cpu < 5 ; 8 ; expected && or || or ), found the end of the text",
        "cpu = 5 ; 4 ; expected one of < <= > >= == !=, found '='",
        "- cpu < 5 ; 2 ; expected a number, found 'c'",
      })
  void an_error_says_where_and_what_would_have_been_right(
      String text, int position, String problem) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOfSatisfying(
            ConditionSyntaxException.class, e -> assertThat(e.position()).isEqualTo(position))
        .hasMessage("condition \"%s\", position %d: %s".formatted(text, position, problem));
  }

  @Test
  void nesting_has_an_end() {
    assertThatThrownBy(() -> Condition.parse("(".repeat(10_000)))
        .hasMessageContaining("nested more than 100 deep");
  }

  @Test
  void evaluating_allocates_nothing() {
    Condition condition = Condition.parse("(cpu < 25% && !(battery <= 40)) || disk == nil");
    Metrics metrics = name -> name.equals("cpu") ? 20 : Double.NaN;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    evaluate(condition, metrics, 10_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    evaluate(condition, metrics, 10_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private static void evaluate(Condition condition, Metrics metrics, int times) {
    for (int i = 0; i < times; i++) {
      if (!condition.test(metrics)) {
        throw new AssertionError("expected true");
      }
    }
  }

  @Property(tries = 1000)
  void any_text_is_a_condition_or_a_syntax_error(@ForAll("noise") String text) {
    Throwable thrown = catchThrowable(() -> Condition.parse(text).test(METRICS));

    if (thrown != null) {
      assertThat(thrown).isInstanceOf(ConditionSyntaxException.class);
      assertThat(((ConditionSyntaxException) thrown).position()).isBetween(0, text.length());
    }
  }

  @Property(tries = 500)
  void it_means_what_it_was_built_from(@ForAll("conditions") Built built) {
    assertThat(Condition.parse(built.text()).test(METRICS)).isEqualTo(built.value());
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of(
            "(", ")", "!", "&&", "||", "<", "==", "cpu", "nil", "3", ".", "%", "-", " ", "é", "&")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  /** A text and what it is worth. */
  record Built(String text, boolean value) {}

  @Provide
  Arbitrary<Built> conditions() {
    Arbitrary<String> operands = Arbitraries.of("cpu", "battery", "disk", "nil", "20", "41.5%");
    Arbitrary<String> operators = Arbitraries.of("<", "<=", ">", ">=", "==", "!=");
    Arbitrary<Built> leaf =
        Combinators.combine(operands, operators, operands)
            .as((l, o, r) -> new Built(l + " " + o + " " + r, compare(l, o, r)));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Combinators.combine(inner, Arbitraries.of("&&", "||", "!"), inner)
                .as(
                    (l, link, r) ->
                        switch (link) {
                          case "&&" ->
                              new Built(
                                  "(" + l.text() + ")&&(" + r.text() + ")", l.value() && r.value());
                          case "||" ->
                              new Built(
                                  "(" + l.text() + ") || (" + r.text() + ")",
                                  l.value() || r.value());
                          default -> new Built("!(" + l.text() + ")", !l.value());
                        }),
        0,
        4);
  }

  private static boolean compare(String left, String operator, String right) {
    ToDoubleFunction<String> value =
        operand ->
            switch (operand) {
              case "cpu", "20" -> 20;
              case "battery", "41.5%" -> 41.5;
              default -> Double.NaN;
            };
    double l = value.applyAsDouble(left);
    double r = value.applyAsDouble(right);
    boolean bothNil = Double.isNaN(l) && Double.isNaN(r);
    return switch (operator) {
      case "<" -> l < r;
      case "<=" -> l <= r;
      case ">" -> l > r;
      case ">=" -> l >= r;
      case "==" -> l == r || bothNil;
      default -> !(l == r || bothNil);
    };
  }
}
