package productimporter.notifications;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailConfiguration {

	/** The text of mails; their HTML is found as that of pages is. */
	@Bean
	ClassLoaderTemplateResolver mailTextResolver() {
		ClassLoaderTemplateResolver texts = new ClassLoaderTemplateResolver();
		texts.setOrder(1);
		texts.getResolvablePatternSpec().addPattern("mail/*.txt");
		texts.setPrefix("templates/");
		texts.setTemplateMode(TemplateMode.TEXT);
		texts.setCharacterEncoding("UTF-8");
		return texts;
	}

}
