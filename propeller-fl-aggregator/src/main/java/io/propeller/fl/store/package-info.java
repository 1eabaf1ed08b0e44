/**
 * Where models and updates are kept.
 *
 * <p>{@link io.propeller.fl.store.ModelStore} is the entry point; {@link
 * io.propeller.fl.store.FileModelStore} keeps everything in a folder, {@link
 * io.propeller.fl.store.InMemoryModelStore} nothing beyond the process.
 */
@NullMarked
package io.propeller.fl.store;

import org.jspecify.annotations.NullMarked;
