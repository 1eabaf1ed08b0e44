package io.propeller.testkit.proplet;

import io.propeller.testkit.mqtt.WithMosquitto;

@WithMosquitto
class WasmPropletIT extends WasmPropletContract {}
