import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sandbox in a container")
class SandboxContainerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final SandboxContainer SANDBOX =
            new SandboxContainer(System.getenv().getOrDefault("SANDBOX_IMAGE", "registration-sandbox"));

    @BeforeAll
    static void start() {
        SANDBOX.start();
    }

    @AfterAll
    static void stop() {
        SANDBOX.stop();
    }

    @Test
    @DisplayName("a registration begins with a code to the registered email")
    void aRegistrationBeginsWithACodeToTheRegisteredEmail() throws IOException, InterruptedException {
        String world = "java-" + UUID.randomUUID();
        String control = SANDBOX.url("orchestrator") + "/_sandbox/worlds/" + world;
        send("PUT", control, "{\"scenario\": \"new-customer\", \"seed\": 7}");
        String cif = text(send("GET", control + "/personas", ""), "cif");
        String begun = send("POST", SANDBOX.url("orchestrator", world) + "/registrations",
                "{\"flow\": \"web\", \"deviceId\": \"browser\", \"type\": \"CIF\", \"id\": \"" + cif + "\"}");
        assertEquals("Email_Otp_Sent", text(begun, "status"));
        String mail = send("GET", SANDBOX.url("mailroom", world) + "/messages?wait=10&limit=1", "");
        assertTrue(text(mail, "code").matches("\\d+"));
        send("DELETE", control, "");
    }

    private static String send(String method, String url, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + SandboxContainer.ADMIN_TOKEN);
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer.body());
        return answer.body();
    }

    /** The JDK reads no JSON: this finds the first string of that name. A project of yours has a library for it. */
    private static String text(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertTrue(found.find(), "There is no " + name + " in " + json);
        return found.group(1);
    }
}
