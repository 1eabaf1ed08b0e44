package io.propeller.fl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ModelJsonTest {

  private static Model read(String json) throws IOException {
    return ModelJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String write(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelJson.write(model, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anObjectOfAnArrayAndANumberBecomesTwoPartsByName() throws IOException {
    Model model = read("{\"w\":[0.5,-1],\"b\":0.1}");

    assertThat(model.shape()).isEqualTo(ModelShape.of(Part.of("/b"), Part.of("/w", 2)));
    assertThat(model.toArray()).containsExactly(0.1, 0.5, -1);
    assertThat(model.part("/w")).containsExactly(0.5, -1);
  }

  @Test
  void theOrderOfKeysDoesNotMatter() throws IOException {
    assertThat(read("{\"b\":0.1,\"w\":[0.5,-1]}")).isEqualTo(read("{\"w\":[0.5,-1],\"b\":0.1}"));
  }

  @Test
  void aRectangularArrayIsOnePart() throws IOException {
    assertThat(read("[[1,2,3],[4,5,6]]").shape()).isEqualTo(ModelShape.of(Part.of("", 2, 3)));
  }

  @Test
  void otherArraysAreOnePartPerElement() throws IOException {
    assertThat(read("{\"layers\":[{\"w\":[1,2]},{\"w\":[3]}],\"x\":[1,[2,3]]}").shape())
        .isEqualTo(
            ModelShape.of(
                Part.of("/layers/0/w", 2),
                Part.of("/layers/1/w", 1),
                Part.of("/x/0"),
                Part.of("/x/1", 2)));
  }

  @Test
  void everyNestingIsWrittenAsItWasRead() throws IOException {
    for (String json :
        new String[] {
          "[1.0,2.0]",
          "1.5",
          "[[1.0,2.0],[3.0,4.0]]",
          "{\"b\":0.1,\"w\":[[1.0],[2.0]]}",
          "{\"layers\":[{\"w\":[1.0,2.0]},{\"w\":[3.0]}]}",
          "[1.0,[2.0,3.0]]",
          "{\"a/b\":{\"~c\":1.0}}",
          "[]"
        }) {
      assertThat(write(read(json))).isEqualTo(json);
    }
  }

  @Property(tries = 200)
  void valuesKeepTheirBits(@ForAll double[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.isFinite(values[i]) ? values[i] : 0;
    }
    Model model = Model.of(ModelShape.vector(values.length), values);

    assertThat(read(write(model))).isEqualTo(model);
  }

  @Test
  void whatIsNotANumberIsRefused() {
    assertThatThrownBy(() -> read("{\"w\":\"x\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("numbers");
    assertThatThrownBy(() -> read("[1,null]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"w\":[1],\"w\":[2]}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> read("{\"w\":[1")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("[NaN]")).isInstanceOf(IOException.class);
  }
}
