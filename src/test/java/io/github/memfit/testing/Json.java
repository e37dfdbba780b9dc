package io.github.memfit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A read-only tree for test data. Numbers keep their exact decimal value; an object remembers which fields were read, so
 * that a test can refuse a field it does not know ({@link #assertAllRead}).
 */
public final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(100_000)
                    .build())
            .build();

    private final String where;
    private final Object value;
    private final Set<String> read = new HashSet<>();

    private Json(String where, Object value) {
        this.where = where;
        this.value = value;
    }

    /** Parses a whole file. */
    public static Json read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses a text; {@code name} is used in messages. */
    public static Json parse(String name, String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Json tree = new Json(name, value(parser));
            if (parser.nextToken() != null) {
                throw new AssertionError(name + ": text after the end of the JSON value");
            }
            return tree;
        }
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> NULL;
            default -> throw new AssertionError("unexpected token " + token);
        };
    }

    private static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** Where this value stands, for messages. */
    public String where() {
        return where;
    }

    public boolean isNull() {
        return value == NULL;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isArray() {
        return value instanceof List;
    }

    public boolean isNumber() {
        return value instanceof BigDecimal;
    }

    public boolean isString() {
        return value instanceof String;
    }

    /** Is there a field of that name, null or not? */
    public boolean has(String field) {
        return fields().containsKey(field);
    }

    /** A field that must be there; its value may be JSON null. */
    public Json field(String name) {
        Object found = fields().get(name);
        if (found == null) {
            throw new AssertionError(where + " has no field " + name + ", only " + fields().keySet());
        }
        read.add(name);
        return new Json(where + "." + name, found);
    }

    /** A field that may be absent or null. */
    public Optional<Json> optional(String name) {
        read.add(name);
        Object found = fields().get(name);
        return found == null || found == NULL ? Optional.empty() : Optional.of(new Json(where + "." + name, found));
    }

    /** Marks fields as known and not needed. */
    public Json ignoring(String... names) {
        read.addAll(List.of(names));
        return this;
    }

    /** Fails on a field that was neither read nor ignored: data that a test does not understand must not pass. */
    public void assertAllRead() {
        Set<String> unread = new HashSet<>(fields().keySet());
        unread.removeAll(read);
        if (!unread.isEmpty()) {
            throw new AssertionError(where + " has fields that the test does not know: " + unread);
        }
    }

    public Set<String> names() {
        return fields().keySet();
    }

    public List<Json> items() {
        List<Json> items = new ArrayList<>();
        List<?> raw = as(List.class, "an array");
        for (int i = 0; i < raw.size(); i++) {
            items.add(new Json(where + "[" + i + "]", raw.get(i)));
        }
        return items;
    }

    public List<String> strings() {
        return items().stream().map(Json::string).collect(Collectors.toList());
    }

    public String string() {
        return as(String.class, "a string");
    }

    public boolean bool() {
        return as(Boolean.class, "a boolean");
    }

    public BigDecimal decimal() {
        return as(BigDecimal.class, "a number");
    }

    public long longValue() {
        return decimal().longValueExact();
    }

    public int intValue() {
        return decimal().intValueExact();
    }

    public double doubleValue() {
        return decimal().doubleValue();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> fields() {
        return as(Map.class, "an object");
    }

    private <T> T as(Class<T> type, String expected) {
        if (!type.isInstance(value)) {
            throw new AssertionError(where + " should be " + expected + " and is " + value);
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
