package productimporter.platform;

import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * What every template can use: {@code assets}. After a form is sent the browser goes on
 * by a 303 to an address without a host, whatever proxies stand between.
 */
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {

	TemplateConfiguration(ThymeleafViewResolver views, Assets assets) {
		views.addStaticVariable("assets", assets);
		views.setRedirectHttp10Compatible(false);
	}

}
