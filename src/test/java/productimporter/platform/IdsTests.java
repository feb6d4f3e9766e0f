package productimporter.platform;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdsTests {

	@Test
	void areVersion7() {
		assertThat(Ids.next().version()).isEqualTo(7);
		assertThat(Ids.next().variant()).isEqualTo(2);
	}

	@Test
	void grow() {
		List<String> ids = Stream.generate(Ids::next).limit(100_000).map(UUID::toString).toList();
		assertThat(ids).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void areUniqueAcrossThreads() {
		Set<UUID> ids = ConcurrentHashMap.newKeySet();
		IntStream.range(0, 100_000).parallel().forEach((i) -> ids.add(Ids.next()));
		assertThat(ids).hasSize(100_000);
	}

}
