import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Web registration")
class RegistrationTest {
    private Registration.World world;

    @BeforeEach
    void makeAWorld() {
        world = Registration.World.make("new-customer", 7);
    }

    @AfterEach
    void deleteIt() {
        world.close();
    }

    @Test
    @DisplayName("a customer of the bank registers on the web")
    void aCustomerOfTheBankRegistersOnTheWeb() {
        Registration visit = new Registration(world);
        visit.complete("Asha", "asha.at.home");
        assertEquals("Registered", visit.status());
    }

    @Test
    @DisplayName("a code is refused as expired when its time is over")
    void aCodeIsRefusedAsExpiredWhenItsTimeIsOver() {
        Registration visit = new Registration(world);
        visit.begin("Asha");
        String code = world.code("Asha", "email", "email-otp");
        world.advance("PT6M");
        Registration.Refused refused = assertThrows(
                Registration.Refused.class, () -> visit.act("verify-email-otp", Map.of("otp", code)));
        assertEquals(401, refused.status);
        assertEquals("REGSRVC.OTP_EXPIRED", refused.upstreamCode);
    }
}
