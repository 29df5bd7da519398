import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A web registration by plain HTTP. Runs by itself, {@code java Registration.java}, and serves the JUnit test beside it. */
public final class Registration {
    private static final String PASSWORD = "Chai4two!now";

    private final World world;
    private String id = "";
    private String state = "";

    Registration(World world) {
        this.world = world;
    }

    public static void main(String[] arguments) {
        try (World world = World.make("new-customer", 7)) {
            Registration visit = new Registration(world);
            visit.complete("Asha", "asha.at.home");
            expect("Registered", visit.status());
            System.out.println("Asha is registered in the world " + world.id + ".");
        }
        try (World world = World.make("new-customer", 7)) {
            Registration visit = new Registration(world);
            visit.begin("Asha");
            String code = world.code("Asha", "email", "email-otp");
            world.advance("PT6M");
            try {
                visit.act("verify-email-otp", Map.of("otp", code));
                throw new AssertionError("a code of six minutes ago was taken");
            } catch (Refused refused) {
                expect("REGSRVC.OTP_EXPIRED", refused.upstreamCode);
            }
            System.out.println("A code of six minutes ago is refused as expired.");
        }
    }

    /** Give a customer number: the registration begins, and a code goes to the registered email. */
    void begin(String name) {
        String cif = world.of(name, "cif");
        state = world.call("orchestrator", "POST", "/registrations",
                json(Map.of("flow", "web", "deviceId", "browser", "type", "CIF", "id", cif)));
        id = text(state, "id");
    }

    void act(String action, Map<String, String> fields) {
        state = world.call("orchestrator", "POST", "/registrations/" + id + "/actions/" + action, json(fields));
    }

    String status() {
        return text(state, "status");
    }

    /** Play the whole way of a customer with a debit card. */
    void complete(String name, String userId) {
        begin(name);
        act("verify-email-otp", Map.of("otp", world.code(name, "email", "email-otp")));
        act("verify-mobile-otp", Map.of("otp", world.code(name, "mobile", "mobile-otp")));
        act("authenticate", Map.of("mfaType", "DEBIT_CARD", "cardLast4", world.of(name, "last4"),
                "expiry", world.of(name, "expiry"), "pin", world.of(name, "pin")));
        act("save-user-id", Map.of("userId", userId));
        act("validate-password", Map.of("password", PASSWORD));
        act("set-password", Map.of("password", PASSWORD, "confirmPassword", PASSWORD));
    }

    /** What a service refuses. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;
        final String upstreamCode;

        Refused(int status, String problem) {
            super(status + ": " + problem);
            this.status = status;
            this.upstreamCode = problem.contains("\"upstream_code\"") ? text(problem, "upstream_code") : "";
        }
    }

    /** A world of one test's own, deleted when it is closed. */
    static final class World implements AutoCloseable {
        private static final HttpClient CLIENT = HttpClient.newHttpClient();
        private static final String ORCHESTRATOR =
                System.getenv().getOrDefault("SANDBOX_URL", "http://127.0.0.1:8800");

        final String id = "java-" + UUID.randomUUID();
        private final String services = send("GET", ORCHESTRATOR + "/_sandbox/services", "");

        static World make(String scenario, int seed) {
            World world = new World();
            world.control("PUT", "", "{\"scenario\": \"" + scenario + "\", \"seed\": " + seed + "}");
            return world;
        }

        /** Something of a person, by its field: {@code cif}, {@code email}, {@code pin} of the first card. */
        String of(String name, String field) {
            String everyone = control("GET", "/personas", "");
            return text(everyone.substring(everyone.indexOf("\"name\":\"" + name + "\"")), field);
        }

        /** The code in the newest message to a person; waits up to ten seconds for one to come. */
        String code(String name, String contact, String purpose) {
            String to = URLEncoder.encode(of(name, contact), StandardCharsets.UTF_8);
            String query = "/messages?wait=10&limit=1&purpose=" + purpose + "&to=" + to;
            return text(call("mailroom", "GET", query, ""), "code");
        }

        /** Let time pass, as an ISO 8601 duration. */
        void advance(String duration) {
            control("POST", "/clock", json(Map.of("advance", duration)));
        }

        /** Call a service in this world, which travels in the path. */
        String call(String service, String method, String path, String body) {
            String entry = services.substring(services.indexOf("\"service\":\"" + service + "\""));
            return send(method, text(entry, "url") + "/w/" + id + path, body);
        }

        @Override
        public void close() {
            control("DELETE", "", "");
        }

        private String control(String method, String path, String body) {
            return send(method, ORCHESTRATOR + "/_sandbox/worlds/" + id + path, body);
        }

        private static String send(String method, String url, String body) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty()
                            ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    throw new Refused(answer.statusCode(), answer.body());
                }
                return answer.body();
            } catch (IOException error) {
                throw new IllegalStateException("The sandbox does not answer at " + url, error);
            } catch (InterruptedException error) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(error);
            }
        }
    }

    /** The JDK reads no JSON: this finds the first string of that name. A project of yours has a library for it. */
    static String text(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("There is no " + name + " in " + json);
        }
        return found.group(1);
    }

    private static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\": \"" + field.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static void expect(String wanted, String found) {
        if (!wanted.equals(found)) {
            throw new AssertionError("It is " + found + ", not " + wanted + ".");
        }
    }
}
