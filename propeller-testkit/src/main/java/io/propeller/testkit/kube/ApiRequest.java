package io.propeller.testkit.kube;

/**
 * A request that an API server has answered, as its audit log has it.
 *
 * @param verb what was asked for, in the words of RBAC: {@code get}, {@code list}, {@code watch} …
 * @param group the API group; empty for the core group
 * @param resource the plural, followed by the subresource if there is one: {@code tasks/status}
 * @param namespace empty for what has none, and for a request in all namespaces
 * @param status the HTTP status of the answer; 403 where the verb is not granted
 */
public record ApiRequest(
    String verb, String group, String resource, String namespace, int status) {}
