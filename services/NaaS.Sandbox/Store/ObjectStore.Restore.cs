namespace NaaS.Sandbox.Store;

internal sealed partial class ObjectStore
{
    /// <summary>
    /// Takes in objects that were stored before, without telling anybody. Definitions must come before their objects; an object of a kind
    /// that is not served is left out. Watches cannot resume from before.
    /// </summary>
    public void Restore(IEnumerable<byte[]> objects, long resourceVersion)
    {
        lock (_gate)
        {
            _resourceVersion = Math.Max(_resourceVersion, resourceVersion);
            foreach (var json in objects.Select(utf8 => Json.Parse(utf8)))
            {
                if (FindKind(json.Str("apiVersion") ?? "", json.Str("kind") ?? "") is not { } type)
                {
                    continue;
                }
                var item = new StoredObject(type, json);
                _resourceVersion = Math.Max(_resourceVersion, item.ResourceVersion);
                Table(type).Put(item);
                if (type == Kinds.CustomResourceDefinitions)
                {
                    Follow(new WatchEvent(WatchEventType.Added, item.ResourceVersion, item));
                }
            }
            foreach (var table in _tables.Values)
            {
                table.Forget(_resourceVersion, new IOException("the API server is restarting"));
            }
        }
    }
}
