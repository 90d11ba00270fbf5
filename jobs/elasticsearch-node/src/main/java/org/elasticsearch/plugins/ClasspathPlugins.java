package org.elasticsearch.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.settings.Settings;

/**
 * Plugins that are on the class path instead of in a plugin directory, for {@link PluginsService.LoadedPlugin} is visible
 * in this package alone. Each plugin is created by its constructor over {@link Settings}, or without arguments.
 */
public final class ClasspathPlugins extends PluginsService {
    private final List<LoadedPlugin> loaded;

    public ClasspathPlugins(
            Settings settings, Path config, PluginsLoader loader, List<Class<? extends Plugin>> plugins) {
        super(settings, config, loader);
        List<LoadedPlugin> instances = new ArrayList<>();
        for (Class<? extends Plugin> plugin : plugins) {
            instances.add(new LoadedPlugin(descriptor(plugin), instance(plugin, settings), plugin.getClassLoader()));
        }
        loaded = List.copyOf(instances);
    }

    private static PluginDescriptor descriptor(Class<? extends Plugin> plugin) {
        return new PluginDescriptor(
                plugin.getName(),
                "from the class path",
                "NA",
                "NA",
                Integer.toString(Runtime.version().feature()),
                plugin.getName(),
                null,
                List.of(),
                false,
                false,
                false,
                false);
    }

    private static Plugin instance(Class<? extends Plugin> plugin, Settings settings) {
        try {
            for (var constructor : plugin.getConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Settings.class) {
                    return (Plugin) constructor.newInstance(settings);
                }
            }
            return plugin.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create the plugin " + plugin.getName(), e);
        }
    }

    /** The superclass asks while it is being constructed, before there is a list. */
    @Override
    protected List<LoadedPlugin> plugins() {
        return loaded == null ? super.plugins() : loaded;
    }
}
