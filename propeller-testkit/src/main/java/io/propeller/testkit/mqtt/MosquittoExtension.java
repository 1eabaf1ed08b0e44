package io.propeller.testkit.mqtt;

import io.propeller.testkit.internal.MissingServers;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Carries out {@link WithMosquitto}. */
final class MosquittoExtension extends SharedBroker<Mosquitto> implements ExecutionCondition {

  MosquittoExtension() {
    super(Mosquitto.class, Mosquitto::start);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> remedy =
        MosquittoProgram.find() instanceof MosquittoProgram.Found
            ? Optional.empty()
            : Optional.of(MosquittoProgram.REMEDY);
    return MissingServers.evaluate(remedy, System.getenv());
  }
}
