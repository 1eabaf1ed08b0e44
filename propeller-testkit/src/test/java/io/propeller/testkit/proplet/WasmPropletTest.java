package io.propeller.testkit.proplet;

import io.propeller.testkit.mqtt.WithEmbeddedBroker;

@WithEmbeddedBroker
class WasmPropletTest extends WasmPropletContract {}
