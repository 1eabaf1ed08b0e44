package io.propeller.operator.internal.task;

import com.google.common.collect.ImmutableSet;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.propeller.api.v1.PropletSelector;
import io.propeller.api.v1.TaintEffect;
import io.propeller.api.v1.TolerationOperator;
import io.propeller.scheduler.model.LabelExpression;
import io.propeller.scheduler.model.LabelExpression.Operator;
import io.propeller.scheduler.model.Selector;
import io.propeller.scheduler.model.Taint;
import io.propeller.scheduler.model.Toleration;
import io.propeller.scheduler.model.WorkerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in the terms of the scheduler which Proplets a Task may run on. */
final class SelectorMapping {

  private SelectorMapping() {}

  static Selector selector(@Nullable PropletSelector selector) {
    if (selector == null) {
      return Selector.ANY;
    }
    Selector.Builder builder =
        Selector.builder()
            .worker(
                Optional.ofNullable(selector.getPropletId())
                    .filter(name -> !name.isBlank())
                    .map(WorkerId::of))
            .putAllLabels(selector.getMatchLabels())
            .addAllDeviceTypes(selector.getMatchDeviceTypes())
            .addAllCapabilities(selector.getMatchCapabilities());
    selector.getMatchExpressions().forEach(one -> builder.addExpressions(expression(one)));
    selector
        .getProfiles()
        .forEach(
            profile ->
                builder.putProfiles(
                    profile.getName(), ImmutableSet.copyOf(profile.getConditions())));
    return builder.build();
  }

  static Toleration toleration(io.propeller.api.v1.Toleration toleration) {
    return new Toleration(
        Optional.ofNullable(toleration.getKey()).orElse(""),
        toleration.getOperator() == TolerationOperator.EXISTS
            ? Toleration.Operator.EXISTS
            : Toleration.Operator.EQUAL,
        Optional.ofNullable(toleration.getValue()).orElse(""),
        Optional.ofNullable(toleration.getEffect()).map(SelectorMapping::effect));
  }

  private static Taint.Effect effect(TaintEffect effect) {
    return effect == TaintEffect.NO_EXECUTE ? Taint.Effect.NO_EXECUTE : Taint.Effect.NO_SCHEDULE;
  }

  private static LabelExpression expression(LabelSelectorRequirement requirement) {
    Operator operator =
        switch (requirement.getOperator()) {
          case "In" -> Operator.IN;
          case "NotIn" -> Operator.NOT_IN;
          case "Exists" -> Operator.EXISTS;
          case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
          default ->
              throw new IllegalArgumentException(
                  "spec.propletSelector.matchExpressions has operator '"
                      + requirement.getOperator()
                      + "', which is not In, NotIn, Exists or DoesNotExist");
        };
    return LabelExpression.of(
        requirement.getKey(), operator, ImmutableSet.copyOf(requirement.getValues()));
  }
}
