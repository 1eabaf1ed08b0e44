import static java.util.Map.entry;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.apt.CustomResourceAnnotationProcessor;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableFieldBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.propeller.api.v1.Rules;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Has crd-generator-apt generate the CRDs, and adds to them what it cannot say.
 *
 * <p>This is a step of the build, run by Java's source launcher after the classes are compiled, and
 * no part of the jar. Arguments: the folder of the classes, the folder of their sources, a folder
 * for what the generator writes, the names of the resources' classes. The CRDs go to {@code
 * META-INF/fabric8} in the folder of the classes.
 *
 * <p>What it adds from annotations that the generator does not read: sizes, the rules of a type
 * that has several, printer columns, selectable fields and categories. What it adds besides:
 * descriptions, which are the Javadoc of the beans; list types; formats; bounds that keep whole
 * numbers within what Java can hold, none of which is negative; and the rule that the spec of a
 * started Task stays as it is. What it takes away: the defaults of the tasks within a job, and of
 * rules the questions that have one answer only.
 */
final class GenerateCrds {

  /** How lists are merged, by class and field; all others are atomic. */
  private static final Map<String, ListType> LIST_TYPES =
      Map.ofEntries(
          entry("PropletSpec.taints", ListType.map("key", "effect")),
          entry("PropletSpec.profiles", ListType.map("name")),
          entry("Profile.conditions", ListType.map("name")),
          entry("ExternalSpec.capabilities", ListType.set()),
          entry("PropletStatus.conditions", ListType.map("type")),
          entry("TaskSpec.dependsOn", ListType.set()),
          entry("PropletSelector.matchCapabilities", ListType.set()),
          entry("PropletSelector.matchDeviceTypes", ListType.set()),
          entry("PropletSelector.profiles", ListType.map("name")),
          entry("ProfileRequirement.conditions", ListType.set()),
          entry("TaskStatus.conditions", ListType.map("type")),
          entry("TaskStatus.runAttempts", ListType.map("number")),
          entry("TaskStatus.targets", ListType.set()),
          entry("PropellerJobSpec.taskRefs", ListType.set()),
          entry("PropellerJobStatus.conditions", ListType.map("type")),
          entry("FederatedJobSpec.participants", ListType.map("propletId")),
          entry("FederatedJobStatus.participants", ListType.map("propletId")),
          entry("FederatedJobStatus.history", ListType.map("round")),
          entry("FederatedJobStatus.conditions", ListType.map("type")),
          entry("TrainingRoundSpec.participants", ListType.set()),
          entry("TrainingRoundStatus.participants", ListType.map("propletId")),
          entry("TrainingRoundStatus.conditions", ListType.map("type")));

  /** What a text must be, by class and field. A rule sees such a field as a duration. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          entry("ConnectionConfig.mqttTimeout", "duration"),
          entry("PropletEnv.livelinessInterval", "duration"),
          entry("PropletEnv.metricsInterval", "duration"),
          entry("MonitoringProfile.interval", "duration"),
          entry("RetryPolicy.interval", "duration"),
          entry("RetryPolicy.maxInterval", "duration"));

  /** Fields of fabric8's classes, whose Javadoc is not at hand, by class and field. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          entry("SecretKeySelector.name", "Name of the Secret, in the same namespace."),
          entry("SecretKeySelector.key", "Key in the Secret."),
          entry("SecretKeySelector.optional", "Whether the Secret or the key may be missing."),
          entry("LabelSelectorRequirement.key", "Key of the label."),
          entry(
              "LabelSelectorRequirement.operator",
              "How the label is compared: In, NotIn, Exists or DoesNotExist."),
          entry(
              "LabelSelectorRequirement.values",
              "Values that the label is compared with; for In and NotIn only."),
          entry("LocalObjectReference.name", "Name of the resource, in the same namespace."),
          entry("ObjectReference.apiVersion", "Group and version of the resource."),
          entry("ObjectReference.kind", "Kind of the resource."),
          entry("ObjectReference.namespace", "Namespace of the resource."),
          entry("ObjectReference.name", "Name of the resource."),
          entry("ObjectReference.uid", "Unique id of the resource."),
          entry("ObjectReference.resourceVersion", "Version of the resource that is meant."),
          entry("ObjectReference.fieldPath", "Part of the resource that is meant."),
          entry("Condition.type", "What the condition is about."),
          entry("Condition.status", "Whether it holds: True, False or Unknown."),
          entry("Condition.reason", "Why, as one word for programs."),
          entry("Condition.message", "Why, in words for people."),
          entry("Condition.lastTransitionTime", "When the status last changed."),
          entry("Condition.observedGeneration", "Generation of the spec that it speaks of."));

  /** Fields of fabric8's classes that must be there, by class. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "SecretKeySelector", List.of("key", "name"),
          "LabelSelectorRequirement", List.of("key", "operator"),
          "LocalObjectReference", List.of("name"),
          "Condition", List.of("lastTransitionTime", "message", "reason", "status", "type"));

  /** What may be changed in the spec of a Task that has started. */
  private static final Set<String> CHANGEABLE = Set.of("suspend", "ttlSecondsAfterFinished");

  private static final String STARTED =
      "the spec of a task that has started cannot change, save "
          + String.join(" and ", new TreeSet<>(CHANGEABLE))
          + ": make a new task";

  /** A quantity as the API server reads it, and not negative. */
  private static final String QUANTITY =
      "^\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

  /**
   * Base64 with padding, perhaps on several lines. Not by the format byte: the API server's rules
   * read that in the alphabet of URLs.
   */
  private static final String BASE64 =
      "^([A-Za-z0-9+/]{4}\\s*)*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\\s*$";

  /** No manifest is longer, so this bounds nothing; the API server wants it to estimate costs. */
  private static final long LONGEST_REQUEST = 3L << 20;

  private final Map<String, String> javadoc;

  private GenerateCrds(Map<String, String> javadoc) {
    this.javadoc = javadoc;
  }

  public static void main(String[] args) throws Exception {
    Path sources = Path.of(args[1]);
    Path generated = Files.createDirectories(Path.of(args[2]));
    Path output = Files.createDirectories(Path.of(args[0], "META-INF", "fabric8"));
    process(sources, generated);
    GenerateCrds additions = new GenerateCrds(javadocOf(sources));
    for (String name : Arrays.copyOfRange(args, 3, args.length)) {
      Class<? extends HasMetadata> kind = Class.forName(name).asSubclass(HasMetadata.class);
      String file = HasMetadata.getFullResourceName(kind) + "-v1.yml";
      var crd =
          Serialization.unmarshal(
              Files.readString(generated.resolve("META-INF/fabric8").resolve(file)),
              CustomResourceDefinition.class);
      additions.complete(crd, kind);
      Files.writeString(output.resolve(file), Serialization.asYaml(crd));
    }
  }

  /** Has the generator, which is an annotation processor, write what it makes of the sources. */
  private static void process(Path sources, Path output) throws IOException {
    var errors = new DiagnosticCollector<JavaFileObject>();
    var task = compiler(sources, errors, List.of("-proc:only", "-d", output.toString()));
    task.setProcessors(List.of(new CustomResourceAnnotationProcessor()));
    if (!task.call()) {
      throw new IllegalStateException(errors.getDiagnostics().toString());
    }
  }

  private void complete(CustomResourceDefinition crd, Class<?> kind) {
    crd.getSpec().getNames().setCategories(List.of(kind.getAnnotation(Categories.class).value()));
    CustomResourceDefinitionVersion only = crd.getSpec().getVersions().get(0);
    only.setAdditionalPrinterColumns(
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(GenerateCrds::column)
            .toList());
    only.setSelectableFields(
        Arrays.stream(kind.getAnnotationsByType(AdditionalSelectableField.class))
            .map(field -> new SelectableFieldBuilder().withJsonPath(field.jsonPath()).build())
            .toList());

    JSONSchemaProps root = only.getSchema().getOpenAPIV3Schema();
    root.setDescription(javadocOf(kind.getSimpleName()));
    root.setRequired(List.of("spec"));
    AnnotatedType[] parts =
        ((AnnotatedParameterizedType) kind.getAnnotatedSuperclass())
            .getAnnotatedActualTypeArguments();
    List<String> names = List.of("spec", "status");
    for (int i = 0; i < parts.length; i++) {
      JSONSchemaProps part = root.getProperties().get(names.get(i));
      part.setDescription(javadocOf(((Class<?>) parts[i].getType()).getSimpleName()));
      complete(part, parts[i]);
    }
    if (kind.getSimpleName().equals("Task")) {
      JSONSchemaProps spec = root.getProperties().get("spec");
      List<ValidationRule> rules = new ArrayList<>(spec.getXKubernetesValidations());
      rules.add(dependenciesHaveAGroup());
      spec.setXKubernetesValidations(rules);
      root.setXKubernetesValidations(List.of(specOfStartedTaskStays(spec)));
    }
    dropNeedlessGuards(root);
  }

  /**
   * Has rules not ask whether a field is there that has a default, and so always is. All rules are
   * evaluated with each write, also of a status, and for each look at a field the API server copies
   * the schemas of all fields beside it.
   */
  private static void dropNeedlessGuards(JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> fields = schema.getProperties();
    if (fields != null) {
      fields.values().forEach(GenerateCrds::dropNeedlessGuards);
      for (ValidationRule rule : schema.getXKubernetesValidations()) {
        fields.forEach(
            (name, field) -> {
              if (field.getDefault() != null) {
                rule.setRule(rule.getRule().replace("!has(self.%s) || ".formatted(name), ""));
              }
            });
      }
    }
    if (schema.getItems() != null) {
      dropNeedlessGuards(schema.getItems().getSchema());
    }
  }

  private static CustomResourceColumnDefinition column(AdditionalPrinterColumn column) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(column.name())
        .withJsonPath(column.jsonPath())
        .withType(column.type().getValue())
        .withPriority(column.priority())
        .build();
  }

  /** Completes the schema of a type, and of what it is made of. */
  private void complete(JSONSchemaProps schema, AnnotatedType annotated) {
    Type type = annotated.getType();
    bound(schema, annotated.getAnnotation(Size.class));
    if (annotated instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      if (schema.getItems() != null) {
        complete(schema.getItems().getSchema(), arguments[0]);
      } else if (schema.getAdditionalProperties() != null) {
        complete(schema.getAdditionalProperties().getSchema(), arguments[1]);
      }
    } else if (type == Quantity.class) {
      schema.setPattern(QUANTITY);
    } else if (type == Instant.class) {
      schema.setFormat("date-time");
    } else if (type == int.class || type == Integer.class) {
      bound(schema, "int32", Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      bound(schema, "int64", 1L << 53);
    } else if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
      Class<?> bean = (Class<?>) type;
      schema.getProperties().forEach((name, part) -> completeField(part, bean, name));
      if (REQUIRED.containsKey(bean.getSimpleName())) {
        schema.setRequired(REQUIRED.get(bean.getSimpleName()));
      }
      if (bean.isAnnotationPresent(Rules.class)) {
        schema.setXKubernetesValidations(
            Arrays.stream(bean.getAnnotation(Rules.class).value())
                .map(GenerateCrds::rule)
                .toList());
      }
    }
  }

  private void completeField(JSONSchemaProps schema, Class<?> bean, String name) {
    Field field = fieldOf(bean, name);
    String key = bean.getSimpleName() + "." + field.getName();
    schema.setDescription(description(key, field.getType()));
    complete(schema, field.getAnnotatedType());
    if (field.getType() == List.class) {
      ListType list = LIST_TYPES.getOrDefault(key, ListType.ATOMIC);
      schema.setXKubernetesListType(list.name());
      schema.setXKubernetesListMapKeys(list.keys());
    }
    if (FORMATS.containsKey(key)) {
      schema.setFormat(FORMATS.get(key));
      schema.setMaxLength(64L);
    }
    switch (key) {
      case "TaskSpec.file", "FederatedJobSpec.taskFile" -> {
        schema.setPattern(BASE64);
        schema.setMaxLength(LONGEST_REQUEST);
      }
      // Each Task that is made of one has them; here they would be most of a job of many tasks.
      case "PropellerJobSpec.tasks" ->
          schema.getItems().getSchema().getProperties().values().forEach(p -> p.setDefault(null));
      case "TaskSpec.inputs" -> schema.getItems().setSchema(textOrWholeNumber());
      case "Condition.lastTransitionTime" -> schema.setFormat("date-time");
      case "Condition.status" -> schema.setEnum(texts("True", "False", "Unknown"));
      case "Condition.type", "Condition.reason" -> schema.setMaxLength(1024L);
      case "LabelSelectorRequirement.operator" ->
          schema.setEnum(texts("In", "NotIn", "Exists", "DoesNotExist"));
      case "LabelSelectorRequirement.key" -> schema.setMaxLength(317L);
      case "LabelSelectorRequirement.values" -> {
        schema.setMaxItems(256L);
        schema.getItems().getSchema().setMaxLength(63L);
      }
      case "PropletSelector.matchLabels" ->
          schema.getAdditionalProperties().getSchema().setMaxLength(63L);
      case "SecretKeySelector.name", "SecretKeySelector.key", "LocalObjectReference.name" -> {
        schema.setMinLength(1L);
        schema.setMaxLength(253L);
      }
      default -> {}
    }
  }

  private static void bound(JSONSchemaProps schema, @Nullable Size size) {
    if (size == null) {
      return;
    }
    Long min = size.min() == 0 ? null : size.min();
    Long max = size.max() == Long.MAX_VALUE ? null : size.max();
    switch (schema.getType()) {
      case "array" -> {
        schema.setMinItems(min);
        schema.setMaxItems(max);
      }
      case "object" -> {
        schema.setMinProperties(min);
        schema.setMaxProperties(max);
      }
      default -> {
        schema.setMinLength(min);
        schema.setMaxLength(max);
      }
    }
  }

  private static ValidationRule rule(io.fabric8.generator.annotation.ValidationRule rule) {
    return new ValidationRuleBuilder()
        .withRule(rule.value())
        .withMessage(rule.message())
        .withFieldPath(rule.fieldPath().isEmpty() ? null : rule.fieldPath())
        .build();
  }

  private static JSONSchemaProps textOrWholeNumber() {
    return new JSONSchemaPropsBuilder()
        .addNewAnyOf()
        .withType("integer")
        .endAnyOf()
        .addNewAnyOf()
        .withType("string")
        .endAnyOf()
        .withXKubernetesIntOrString(true)
        .withMaxLength(32768L)
        .build();
  }

  private static void bound(JSONSchemaProps schema, String format, long max) {
    schema.setFormat(format);
    if (schema.getMaximum() == null) {
      schema.setMaximum((double) max);
    }
    if (schema.getMinimum() == null) {
      schema.setMinimum(0.0);
    }
  }

  /** Says what a Task of its own needs, and one in a job has from the job. */
  private static ValidationRule dependenciesHaveAGroup() {
    return new ValidationRuleBuilder()
        .withRule(
            "!has(self.dependsOn) || self.dependsOn.size() == 0"
                + " || (has(self.workflowId) && self.workflowId != '')"
                + " || (has(self.jobId) && self.jobId != '')")
        .withMessage("dependsOn needs workflowId or jobId, the group that its names belong to")
        .withFieldPath(".dependsOn")
        .build();
  }

  /**
   * Says that the spec, but for the changeable fields, is as before once the Task has started; a
   * rule of the root, since only the root sees the status. It is evaluated with each write of a
   * status, which takes the API server long where it has to compare specs: so it looks first for
   * what only writes of a status change, and they leave the spec alone; then at the spec as a
   * whole, and only then field by field. An input may turn from a number into its text, which is
   * the same input.
   */
  private static ValidationRule specOfStartedTaskStays(JSONSchemaProps spec) {
    List<String> same = new ArrayList<>();
    StringBuilder changed = new StringBuilder();
    for (String field : new TreeSet<>(spec.getProperties().keySet())) {
      if (!CHANGEABLE.contains(field)) {
        String condition = same(field, spec.getProperties().get(field));
        same.add(condition);
        changed.append("!(%s) ? '%s' : ".formatted(condition, field));
      }
    }
    return new ValidationRuleBuilder()
        .withRule(
            "!has(oldSelf.status) || !has(oldSelf.status.startedAt)"
                + " || (has(oldSelf.status.updatedAt)"
                + " && self.status.updatedAt != oldSelf.status.updatedAt)"
                + " || self.spec == oldSelf.spec || ("
                + String.join(" && ", same)
                + ")")
        .withMessageExpression("'spec.' + (" + changed + "'?') + ': ' + '" + STARTED + "'")
        .withMessage(STARTED)
        .build();
  }

  /** Not by optionals, of which the API server cannot estimate the cost. */
  private static String same(String field, JSONSchemaProps schema) {
    // A field that takes any JSON has no type that a rule could be checked against beforehand.
    String spec = schema.getType() == null ? "dyn(%s.spec)." : "%s.spec.";
    String now = spec.formatted("self") + field;
    String before = spec.formatted("oldSelf") + field;
    String text = field.equals("inputs") ? ".map(i, string(i))" : "";
    return "has(%s) == has(%s) && (!has(%s) || %s == %s)"
        .formatted(now, before, now, now + text, before + text);
  }

  private String description(String key, Class<?> type) {
    String text = DESCRIPTIONS.containsKey(key) ? DESCRIPTIONS.get(key) : javadocOf(key);
    if (!type.isEnum()) {
      return text;
    }
    return text
        + Arrays.stream(type.getFields())
            .filter(Field::isEnumConstant)
            .map(
                constant ->
                    "\n- "
                        + wireName(constant)
                        + ": "
                        + javadocOf(type.getSimpleName() + "." + constant.getName()))
            .collect(Collectors.joining());
  }

  private String javadocOf(String key) {
    String text = javadoc.get(key);
    if (text == null) {
      throw new IllegalStateException(key + " has no Javadoc, of which its description is made");
    }
    return text;
  }

  private static Field fieldOf(Class<?> bean, String name) {
    return Stream.<Class<?>>iterate(bean, c -> c != null, Class::getSuperclass)
        .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
        .filter(field -> wireName(field).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(bean + " has no field for " + name));
  }

  private static String wireName(Field field) {
    JsonProperty property = field.getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? field.getName() : property.value();
  }

  private static List<JsonNode> texts(String... values) {
    return Arrays.stream(values).<JsonNode>map(TextNode::valueOf).toList();
  }

  /** Returns the Javadoc of the classes and their fields, as plain text, by class and field. */
  private static Map<String, String> javadocOf(Path sources) throws IOException {
    var task = compiler(sources, new DiagnosticCollector<>(), List.of("-proc:none"));
    DocTrees trees = DocTrees.instance(task);
    Map<String, String> found = new HashMap<>();
    for (CompilationUnitTree unit : task.parse()) {
      new TreePathScanner<Void, String>() {
        @Override
        public Void visitClass(ClassTree tree, String outer) {
          keep(tree.getSimpleName().toString());
          return super.visitClass(tree, tree.getSimpleName().toString());
        }

        @Override
        public Void visitVariable(VariableTree tree, String outer) {
          if (getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.CLASS
              || getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.ENUM) {
            keep(outer + "." + tree.getName());
          }
          return null;
        }

        private void keep(String key) {
          String comment = trees.getDocComment(getCurrentPath());
          if (comment != null) {
            found.put(key, plain(comment));
          }
        }
      }.scan(unit, "");
    }
    return found;
  }

  private static JavacTask compiler(
      Path sources, DiagnosticListener<JavaFileObject> problems, List<String> options)
      throws IOException {
    var javac = ToolProvider.getSystemJavaCompiler();
    var files = javac.getStandardFileManager(problems, null, null);
    try (Stream<Path> paths = Files.walk(sources)) {
      List<Path> java = paths.filter(path -> path.toString().endsWith(".java")).toList();
      return (JavacTask)
          javac.getTask(
              null, files, problems, options, null, files.getJavaFileObjectsFromPaths(java));
    }
  }

  private static String plain(String comment) {
    return comment
        .replaceAll("\\{@(?:code|link|literal) +#?([^}]*)}", "$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .replaceAll(" ?<p> ?", "\n\n")
        .strip();
  }

  private record ListType(String name, List<String> keys) {
    static final ListType ATOMIC = new ListType("atomic", List.of());

    static ListType set() {
      return new ListType("set", List.of());
    }

    static ListType map(String... keys) {
      return new ListType("map", List.of(keys));
    }
  }
}
