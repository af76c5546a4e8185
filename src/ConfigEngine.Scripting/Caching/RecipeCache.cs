using ConfigEngine.Local;

namespace ConfigEngine.Scripting;

/// <summary>
/// Compiled recipes in a directory of the user, one file each. Any number of runs may share it: a rename makes each file appear as
/// a whole. A damaged file, or one that another user could have written, counts as missing. After any failure here, the recipe is
/// compiled instead.
/// </summary>
sealed class RecipeCache(string? directory, TimeProvider time)
{
    const string Extension = ".recipe";

    static readonly TimeSpan TouchedOften = TimeSpan.FromHours(1);

    public static string? DefaultDirectory => UserCache.For("recipes");

    public CompiledRecipe? Find(string key)
    {
        if (directory is null || !System.IO.Directory.Exists(directory))
            return null;
        return Try(() =>
        {
            var path = Path.Combine(directory, key + Extension);
            if (!System.IO.File.Exists(path))
                return null;
            var known = CompiledRecipe.From(Trust.Own.Find(Path.GetFullPath(path)).Read());
            if (known is null)
                System.IO.File.Delete(path);
            else
                Touch(path);
            return known;
        });
    }

    public void Store(string key, CompiledRecipe compiled)
    {
        if (directory is null)
            return;
        Try(() =>
        {
            Trust.Own.MakeDirectory(Path.GetFullPath(directory));
            var temporary = Path.Combine(directory, $"{Guid.NewGuid():N}{CacheSweep.TemporaryExtension}");
            using (
                FileStream stream = new(
                    temporary,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            )
                stream.Write(compiled.ToBytes());
            System.IO.File.SetLastWriteTimeUtc(temporary, time.GetUtcNow().UtcDateTime);
            System.IO.File.Move(temporary, Path.Combine(directory, key + Extension), overwrite: true);
            new CacheSweep(directory, time).RunDaily();
            return true;
        });
    }

    void Touch(string path)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (now - System.IO.File.GetLastWriteTimeUtc(path) > TouchedOften)
            System.IO.File.SetLastWriteTimeUtc(path, now);
    }

    static T? Try<T>(Func<T?> action)
    {
        try
        {
            return action();
        }
        catch (Exception failed)
            when (failed is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or UntrustedException)
        {
            return default;
        }
    }
}
