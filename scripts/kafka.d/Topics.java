import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Creates a topic, or gives each of its partitions another leader. */
public final class Topics {
  public static void main(String[] arguments) throws InterruptedException {
    boolean create = (arguments.length == 4 || arguments.length == 5) && arguments[0].equals("create");
    boolean move = arguments.length == 3 && arguments[0].equals("move-leaders");
    if (!create && !move) {
      System.err.println("usage: Topics create HOST:PORT[,HOST:PORT...] TOPIC PARTITIONS [KEY=VALUE]");
      System.err.println("       Topics move-leaders HOST:PORT[,HOST:PORT...] TOPIC");
      System.exit(2);
    }
    Map<String, Object> config = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[1],
                                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    try (Admin admin = Admin.create(config)) {
      if (create) {
        create(admin, arguments[2], Integer.parseInt(arguments[3]), arguments.length == 5 ? arguments[4] : "");
      } else {
        moveLeaders(admin, arguments[2]);
      }
    } catch (ExecutionException error) {
      System.err.println(arguments[0] + " " + arguments[2] + ": " + error.getCause().getMessage());
      System.exit(1);
    }
  }

  private static void create(Admin admin, String topic, int partitions, String setting)
      throws InterruptedException, ExecutionException {
    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    if (!setting.isEmpty()) {
      String[] parts = setting.split("=", 2);
      wanted.configs(Map.of(parts[0], parts[1]));
    }
    admin.createTopics(List.of(wanted)).all().get();
  }

  /** Puts another in-sync replica first in each partition's list, which makes it the preferred leader; elects that. */
  private static void moveLeaders(Admin admin, String topic) throws InterruptedException, ExecutionException {
    Map<TopicPartition, Integer> before = leaders(admin, topic);
    Map<TopicPartition, Optional<NewPartitionReassignment>> wanted = new HashMap<>();
    for (TopicPartitionInfo partition : describe(admin, topic)) {
      List<Integer> replicas = new ArrayList<>(partition.replicas().stream().map(Node::id).toList());
      int leader = before.get(new TopicPartition(topic, partition.partition()));
      List<Integer> others = partition.isr().stream().map(Node::id).filter(id -> id != leader).toList();
      if (others.isEmpty()) {
        continue;
      }
      Collections.rotate(replicas, -replicas.indexOf(others.get(0)));
      wanted.put(new TopicPartition(topic, partition.partition()),
                 Optional.of(new NewPartitionReassignment(replicas)));
    }
    admin.alterPartitionReassignments(wanted).all().get();
    // A partition whose preferred leader has fallen out of sync meanwhile says so here, and stays where it is.
    admin.electLeaders(ElectionType.PREFERRED, wanted.keySet()).partitions().get();
    Map<TopicPartition, Integer> after = leaders(admin, topic);
    long moved = after.entrySet().stream().filter(one -> !one.getValue().equals(before.get(one.getKey()))).count();
    System.out.println(moved + " of " + after.size() + " leaders moved");
  }

  private static List<TopicPartitionInfo> describe(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions();
  }

  private static Map<TopicPartition, Integer> leaders(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Integer> found = new HashMap<>();
    for (TopicPartitionInfo partition : describe(admin, topic)) {
      Node leader = partition.leader();
      found.put(new TopicPartition(topic, partition.partition()), leader == null ? -1 : leader.id());
    }
    return found;
  }
}
