import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Ends with 0 once a cluster answers for all of its brokers, and with 1 if it doesn't in time. */
public final class Ready {
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 3) {
      System.err.println("usage: Ready HOST:PORT[,HOST:PORT...] BROKERS SECONDS");
      System.exit(2);
    }
    int brokers = Integer.parseInt(arguments[1]);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2]));
    Map<String, Object> config =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0],
               AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
               AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200,
               AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
    try (Admin admin = Admin.create(config)) {
      while (nodes(admin) != brokers) {
        if (System.nanoTime() > end) {
          System.exit(1);
        }
        Thread.sleep(100);
      }
    }
  }

  private static int nodes(Admin admin) throws InterruptedException {
    try {
      return admin.describeCluster().nodes().get().size();
    } catch (java.util.concurrent.ExecutionException notYet) {
      return 0;
    }
  }
}
