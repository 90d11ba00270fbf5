package io.tanggap.app.deployment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the folder docker, and what the build says of versions. */
public final class Deployment {
    static final Path ROOT = Path.of(System.getProperty("tanggap.root", "../.."));
    static final Path DOCKER = ROOT.resolve("docker");

    /** A key that its type does not have is a mistake; types of Kubernetes would else keep it aside. */
    static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    private Deployment() {}

    /** A property of the build: a version, or flags. */
    static String built(String property) throws IOException {
        Matcher value = Pattern.compile("<" + Pattern.quote(property) + ">([^<]*)</")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        if (!value.find()) {
            throw new IOException("pom.xml has no " + property);
        }
        return value.group(1);
    }

    /** The image of this version: the first version in the pom is the product's. */
    static String image() throws IOException {
        return "tanggap:" + built("version");
    }

    /** The documents of a text in YAML, in which no key stands twice. */
    static List<Object> documents(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Object> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(new StringReader(yaml)).forEach(documents::add);
        return documents;
    }

    /** What was read, as a type that knows all its keys. */
    static <T> T strictly(Object read, Class<T> type) throws IOException {
        return STRICT.readValue(STRICT.writeValueAsString(read), type);
    }

    /** What was read of an object, by key. */
    public static Map<String, Object> map(Object read) {
        return STRICT.convertValue(read, new TypeReference<>() {});
    }

    /** The specification of the only object in a manifest for Kubernetes. */
    public static Map<String, Object> specification(String manifest) throws IOException {
        Object object = documents(Files.readString(DOCKER.resolve("kubernetes").resolve(manifest)))
                .get(0);
        return map(map(object).get("spec"));
    }

    /** The words of a command line, without what only breaks its lines. */
    static List<String> words(String line) {
        return Arrays.asList(line.replace("\\\n", " ").strip().split("\\s+"));
    }
}
