package productimporter.platform;

import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * What every template can use: {@code assets}.
 */
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {

	TemplateConfiguration(ThymeleafViewResolver views, Assets assets) {
		views.addStaticVariable("assets", assets);
	}

}
