import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The registration sandbox in a container: all seven services, on ports of the host that are free. */
public final class SandboxContainer extends GenericContainer<SandboxContainer> {
    /** What the control plane wants as {@code Authorization: Bearer …}. */
    public static final String ADMIN_TOKEN = "of-these-tests";

    private static final Map<String, Integer> PORTS = Map.of(
            "orchestrator", 8800, "cymmetri", 8801, "cbs", 8802, "auth_service", 8803,
            "tsg", 8804, "mailroom", 8805, "handset", 8806);

    /** Take an image, such as the one that {@code docker build -t registration-sandbox .} makes. */
    public SandboxContainer(String image) {
        super(DockerImageName.parse(image));
        withExposedPorts(PORTS.values().toArray(Integer[]::new));
        withEnv("SANDBOX_ADMIN_TOKEN", ADMIN_TOKEN);
        withEnv("SANDBOX_ALLOWED_HOSTS", DockerClientFactory.instance().dockerHostIpAddress());
        waitingFor(Wait.forHttp("/_sandbox/health").forPort(PORTS.get("orchestrator")));
    }

    /** A service's URL, as it is reached from the tests. */
    public String url(String service) {
        return "http://" + getHost() + ":" + getMappedPort(PORTS.get(service));
    }

    /** The base URL of a service in a world, for clients that can only be given one. */
    public String url(String service, String world) {
        return url(service) + "/w/" + world;
    }
}
