package io.propeller.testkit.mqtt;

/** Carries out {@link WithEmbeddedBroker}. */
final class EmbeddedBrokerExtension extends SharedBroker<EmbeddedBroker> {

  EmbeddedBrokerExtension() {
    super(EmbeddedBroker.class, EmbeddedBroker::start);
  }
}
