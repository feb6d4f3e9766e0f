package productimporter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

import javax.sql.DataSource;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "productimporter", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleTests {

	@ArchTest
	static final ArchRule springBatchStaysInJobsAndImports = noClasses().that()
		.resideOutsideOfPackages("productimporter.jobs..", "productimporter.imports")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.batch..");

	@ArchTest
	static final ArchRule nothingDependsOnJobs = noClasses().that()
		.resideOutsideOfPackage("productimporter.jobs..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("productimporter.jobs..");

	@ArchTest
	static final ArchRule whoSpeaksSqlIsPackagePrivate = noClasses().that()
		.haveModifier(JavaModifier.PUBLIC)
		.should()
		.dependOnClassesThat(assignableTo(JdbcClient.class).or(assignableTo(JdbcOperations.class))
			.or(assignableTo(NamedParameterJdbcOperations.class))
			.or(assignableTo(DataSource.class)));

	@ArchTest
	static final ArchRule packagesAreNamedByFeature = noClasses().should()
		.resideInAnyPackage("..util..", "..utils..", "..common..", "..service..", "..dto..", "..impl..");

	@ArchTest
	static final ArchRule timeComesFromTheClock = noClasses().should()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(LocalDate.class, "now")
		.orShould()
		.callMethod(LocalDateTime.class, "now")
		.orShould()
		.callMethod(OffsetDateTime.class, "now")
		.orShould()
		.callMethod(ZonedDateTime.class, "now")
		.orShould()
		.callMethod(System.class, "currentTimeMillis");

	@Test
	void modulesDependAsTheyDeclare() {
		ApplicationModules.of(ProductImporter.class).verify();
	}

}
