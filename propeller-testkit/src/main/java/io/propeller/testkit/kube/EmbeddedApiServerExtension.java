package io.propeller.testkit.kube;

/** Carries out {@link WithEmbeddedApiServer}. */
final class EmbeddedApiServerExtension
    extends SharedApiServer<EmbeddedApiServer, WithEmbeddedApiServer> {

  EmbeddedApiServerExtension() {
    super(
        EmbeddedApiServer.class,
        EmbeddedApiServer::start,
        WithEmbeddedApiServer.class,
        WithEmbeddedApiServer::install);
  }
}
