package io.propeller.fl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModelFileTest {
  private static final ModelShape SHAPE = ModelShape.of(Part.of("/b"), Part.of("/w", 1, 2));

  private static byte[] bytes(Values values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelFile(SHAPE, values).write(out);
    return out.toByteArray();
  }

  @Test
  void whatIsWrittenIsReadWithItsShapeAndType() throws IOException {
    for (Values values :
        new Values[] {
          Values.of(new double[] {0.1, Double.MIN_VALUE, -0.0}),
          Values.of(new float[] {0.1f, Float.MAX_VALUE, -0f}),
          PackedValues.pack(new float[] {1, 2, 3}),
          PackedValues.pack(new double[] {1, 2, 3})
        }) {
      ModelFile read = ModelFile.open(Blob.of(bytes(values)));

      assertThat(read.shape()).isEqualTo(SHAPE);
      assertThat(read.values().type()).isEqualTo(values.type());
      assertThat(read.toModel()).isEqualTo(Model.of(SHAPE, values.toArray()));
    }
  }

  @Test
  void theSameNumbersGiveTheSameBytesHoweverTheyAreHeld() throws IOException {
    float[] floats = {1, -2, 3.5f};
    assertThat(bytes(Values.of(floats))).isEqualTo(bytes(PackedValues.pack(floats)));
    assertThat(bytes(ModelFile.open(Blob.of(bytes(Values.of(floats)))).values()))
        .isEqualTo(bytes(Values.of(floats)));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = bytes(Values.of(new double[] {1, 2, 3}));
    for (int length = 0; length < whole.length; length++) {
      Blob part = Blob.of(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ModelFile.open(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherFileIsRefused() {
    assertThatThrownBy(
            () ->
                ModelFile.open(
                    Blob.of("{\"w\":[1,2,3]}".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PROPFL1");
  }
}
