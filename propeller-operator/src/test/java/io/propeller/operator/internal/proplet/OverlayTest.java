package io.propeller.operator.internal.proplet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OverlayTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void what_is_wanted_wins_and_what_others_set_stays() {
    assertThat(lay("{'a':1,'b':{'c':2}}", "{'a':0,'b':{'c':0,'d':3},'e':4}"))
        .isEqualTo(json("{'a':1,'b':{'c':2,'d':3},'e':4}"));
  }

  @Test
  void elements_are_matched_by_name_and_keep_their_order() {
    assertThat(
            lay(
                "{'containers':[{'name':'ours','image':'new'}]}",
                "{'containers':[{'name':'theirs'},{'name':'ours','image':'old','tty':true}]}"))
        .isEqualTo(
            json("{'containers':[{'name':'theirs'},{'name':'ours','image':'new','tty':true}]}"));
  }

  @Test
  void a_setting_that_is_wanted_no_longer_goes_and_a_variable_of_others_stays() {
    assertThat(
            lay(
                "{'env':[{'name':'PROPLET_A','value':'1'}]}",
                "{'env':[{'name':'PROPLET_A','valueFrom':{}},{'name':'PROPLET_B'},{'name':'X'}]}"))
        .isEqualTo(json("{'env':[{'name':'PROPLET_A','value':'1'},{'name':'X'}]}"));
  }

  @Test
  void an_amount_in_another_spelling_is_no_difference() {
    assertThat(lay("{'limits':{'cpu':'1000m'}}", "{'limits':{'cpu':'1'}}"))
        .isEqualTo(json("{'limits':{'cpu':'1'}}"));
    assertThat(lay("{'limits':{'cpu':'1000m'}}", "{'limits':{'cpu':'2','x/y':'1'}}"))
        .isEqualTo(json("{'limits':{'cpu':'1000m'}}"));
  }

  @Property(tries = 300)
  void what_was_laid_once_is_not_changed_by_laying_it_again(
      @ForAll("objects") ObjectNode wanted, @ForAll("objects") ObjectNode present) {
    ObjectNode once = Overlay.lay(wanted, present);

    assertThat(Overlay.lay(wanted, once)).isEqualTo(once);
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    Arbitrary<Object> scalar = Arbitraries.of(1, 2, "x", true);
    Arbitrary<Object> element =
        Arbitraries.of("PROPLET_A", "PROPLET_B", "X")
            .flatMap(name -> scalar.map(value -> Map.of("name", name, "value", value)));
    Arbitrary<Object> list =
        element
            .list()
            .ofMaxSize(3)
            .uniqueElements(one -> ((Map<?, ?>) one).get("name"))
            .map(Object.class::cast);
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            scalar,
            list,
            Arbitraries.maps(Arbitraries.of("a", "env", "volumes"), Arbitraries.oneOf(scalar, list))
                .ofMaxSize(2)
                .map(Object.class::cast));
    return Arbitraries.maps(Arbitraries.of("a", "b", "env", "containers", "strategy"), value)
        .ofMaxSize(4)
        .map(map -> JSON.convertValue(map, ObjectNode.class));
  }

  private static ObjectNode lay(String wanted, String present) {
    return Overlay.lay(json(wanted), json(present));
  }

  private static ObjectNode json(String text) {
    try {
      return JSON.readValue(text.replace('\'', '"'), ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
