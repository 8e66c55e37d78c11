import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints what a topic holds from its beginning to the end it has at the start, one partition after the other:
 * PARTITION, OFFSET, TIMESTAMP, KEY and VALUE with tabs between; an absent key or value is `null`.
 */
public final class Reader {
  private static final long STALL_NS = Duration.ofSeconds(20).toNanos();

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: Reader HOST:PORT[,HOST:PORT...] TOPIC");
      System.exit(2);
    }
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0],
               ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
               ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
               ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
               ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000,
               ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    try (Consumer<byte[], byte[]> consumer =
             new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
         OutputStream out = new BufferedOutputStream(System.out, 1 << 16)) {
      print(consumer, arguments[1], out);
    } catch (KafkaException | IllegalStateException error) {
      System.err.println("cannot read topic " + arguments[1] + " at " + arguments[0] + ": " +
                         error.getMessage());
      System.exit(1);
    }
  }

  private static void print(Consumer<byte[], byte[]> consumer, String topic, OutputStream out)
      throws IOException {
    List<TopicPartition> partitions = consumer.partitionsFor(topic)
                                          .stream()
                                          .map(info -> new TopicPartition(topic, info.partition()))
                                          .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                                          .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no such topic");
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      print(consumer, partition, ends.get(partition), out);
    }
  }

  private static void print(Consumer<byte[], byte[]> consumer, TopicPartition partition, long end,
                            OutputStream out) throws IOException {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long position = consumer.position(partition);
    long progress = System.nanoTime();
    while (position < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (record.offset() < end) {
          print(record, out);
        }
      }
      // Not the last record's offset: compaction and transactions leave gaps, at the end too.
      long now = consumer.position(partition);
      if (now > position) {
        position = now;
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > STALL_NS) {
        throw new IllegalStateException(partition + " stands at " + position + " of " + end);
      }
    }
  }

  private static void print(ConsumerRecord<byte[], byte[]> record, OutputStream out) throws IOException {
    String head = record.partition() + "\t" + record.offset() + "\t" + record.timestamp() + "\t";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(record.key() == null ? NULL : record.key());
    out.write('\t');
    out.write(record.value() == null ? NULL : record.value());
    out.write('\n');
  }

  private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);
}
